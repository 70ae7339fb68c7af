package io.headgate.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.headgate.host.FileTree;
import io.headgate.testing.Tars;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// A stranger's archive is unpacked inside its folder or refused with a reason; every refusal has its good twin.
final class BundleArchiveTest {
    /// Small, so that what is over a limit can be made quickly.
    private static final ArchiveLimits SMALL =
            new ArchiveLimits(20, 10_000, 100_000, 20, 20_000, 64 << 10, 200, 6, 50, 1000);

    @TempDir
    private Path temporary;

    private Path stage;

    @BeforeEach
    void makeStage() throws IOException {
        stage = Files.createDirectory(temporary.resolve("stage"));
    }

    @Test
    void unpacksAProjectWithItsLinksAndPrograms() throws Exception {
        byte[] archive = new Tars()
                .folder("./")
                .folder("dags/")
                .file("dags/a.py", "a")
                .entry("./dags/sub/run.sh", '0', "", "x".getBytes(StandardCharsets.UTF_8))
                .file("include/" + "long".repeat(40).substring(0, 49) + "/" + "n".repeat(49) + "/b.py", "b")
                .link("dags/shared", "../include")
                .file("requirements.txt", "# nothing\npure==1\n")
                .file("dags/._a.py", "clutter")
                .file(".DS_Store", "clutter")
                .gzip();

        BundleFiles.Contents contents = unpack(archive, SMALL);

        assertThat(contents.requirements()).contains("# nothing\npure==1\n");
        assertThat(stage.resolve("dags/a.py")).hasContent("a");
        assertThat(stage.resolve("dags/sub/run.sh")).exists();
        assertThat(Files.readSymbolicLink(stage.resolve("dags/shared"))).isEqualTo(Path.of("../include"));
        assertThat(stage.resolve("dags/._a.py")).doesNotExist();
        assertThat(stage.resolve(".DS_Store")).doesNotExist();
    }

    @Test
    void takesAnArchiveWithoutEntriesPackedOrNot() throws Exception {
        assertThat(unpack(new Tars().gzip(), SMALL).entries()).isZero();
        assertThat(unpack(new Tars().plain(), SMALL).entries()).isZero();
        assertThat(stage).isEmptyDirectory();
    }

    @Test
    void takesAProgramsBitsButNoOthers() throws Exception {
        Tars tars = new Tars();
        byte[] header = tars.file("dags/run.sh", "x").unended();
        // mode 4777: set-uid and writable by all
        System.arraycopy("0104777\0".getBytes(StandardCharsets.UTF_8), 0, header, 100, 8);
        unpack(new Tars().raw(withChecksum(header)).plain(), SMALL);

        assertThat(Files.getAttribute(stage.resolve("dags/run.sh"), "unix:mode"))
                .isEqualTo(0100755);
    }

    static Arguments[] refused() {
        byte[] good = new Tars().file("dags/a.py", "a").plain();
        byte[] packed = new Tars().file("dags/a.py", "a").gzip();
        return new Arguments[] {
            argumentSet("nothing at all", new byte[0], "0 bytes"),
            argumentSet("text", "hello, I am not a tar".repeat(100).getBytes(StandardCharsets.UTF_8), "not a tar"),
            argumentSet("short text", "hello".getBytes(StandardCharsets.UTF_8), "cut off"),
            argumentSet("gzip of text", Tars.gzip("hello".repeat(500).getBytes(StandardCharsets.UTF_8)), "not a tar"),
            argumentSet("half a gzip", Arrays.copyOf(packed, packed.length / 2), "cut off"),
            argumentSet("gzip without trailer", Arrays.copyOf(packed, packed.length - 4), "cut off"),
            argumentSet("gzip with a wrong checksum", flipped(packed, packed.length - 6), "damaged"),
            argumentSet("half a tar", Arrays.copyOf(good, 600), "cut off"),
            argumentSet("a tar without end", new Tars().file("dags/a.py", "a").unended(), "cut off"),
            argumentSet("garbage after gzip", joined(packed, new byte[] {1, 2, 3}), "follows the end of the gzip"),
            argumentSet("two gzips", joined(packed, packed), "follows the end of the gzip"),
            argumentSet("garbage after tar", joined(good, "x".repeat(512).getBytes(StandardCharsets.UTF_8)), "follows"),
            argumentSet("a damaged header", flipped(good, 3), "damaged"),
            argumentSet("absolute", new Tars().file("/etc/x", "").plain(), "absolute"),
            argumentSet("upwards", new Tars().file("dags/../../x", "").plain(), "'..'"),
            argumentSet("dot inside", new Tars().file("dags/./x", "").plain(), "'.'"),
            argumentSet("double slash", new Tars().file("dags//x", "").plain(), "empty segment"),
            argumentSet("backslash", new Tars().file("dags\\..\\x", "").plain(), "backslash"),
            argumentSet("control", new Tars().file("dags/a\u001bb", "").plain(), "control"),
            argumentSet(
                    "long name", new Tars().file("dags/" + "n".repeat(51), "").plain(), "given 51 bytes, allowed 50"),
            argumentSet(
                    "long path",
                    new Tars().file("abcde/".repeat(50) + "x", "").plain(),
                    "given 301 bytes, allowed 200"),
            argumentSet("deep", new Tars().file("a/b/c/d/e/f/g", "").plain(), "given 7 levels, allowed 6"),
            argumentSet(
                    "hard link",
                    new Tars().entry("dags/h", '1', "dags/a", new byte[0]).plain(),
                    "hard link"),
            argumentSet(
                    "character device",
                    new Tars().entry("d", '3', "", new byte[0]).plain(),
                    "device"),
            argumentSet(
                    "block device", new Tars().entry("d", '4', "", new byte[0]).plain(), "device"),
            argumentSet("pipe", new Tars().entry("p", '6', "", new byte[0]).plain(), "pipe"),
            argumentSet("sparse", new Tars().entry("s", 'S', "", new byte[0]).plain(), "sparse"),
            argumentSet(
                    "unknown kind", new Tars().entry("s", 'Z', "", new byte[0]).plain(), "kind"),
            argumentSet("twice", new Tars().file("a", "1").file("a", "2").plain(), "twice"),
            argumentSet(
                    "file and folder",
                    new Tars().file("a", "1").file("a/b", "2").plain(),
                    "file and a folder"),
            argumentSet(
                    "large file", new Tars().file("a", "x".repeat(10_001)).plain(), "given 10001 bytes, allowed 10000"),
            argumentSet(
                    "size that lies",
                    new Tars().entry("a", '0', "", new byte[10], 9999).plain(),
                    "cut off"),
            argumentSet("link out", new Tars().link("dags/l", "../../etc").plain(), "leads out"),
            argumentSet("absolute link", new Tars().link("dags/l", "/etc").plain(), "absolute"),
            argumentSet(
                    "link by a link",
                    new Tars().link("a/b/up", "../..").link("l", "a/b/up/..").plain(),
                    "leads out"),
            argumentSet(
                    "link to itself", new Tars().link("a", "b").link("b", "a").plain(), "circles"),
            argumentSet(
                    "below a link",
                    new Tars().link("d", "dags").file("d/x", "1").plain(),
                    "symbolic link"),
            argumentSet(
                    "below a later link",
                    new Tars().file("d/x", "1").link("d", "dags").plain(),
                    "twice"),
            argumentSet(
                    "link below a link",
                    new Tars().link("d", "dags").link("d/x", "y").plain(),
                    "used as a folder"),
            argumentSet("plugins", new Tars().file("plugins/p.py", "").plain(), "container and kubernetes"),
            argumentSet("packages", new Tars().file("packages.txt", "").plain(), "container and kubernetes"),
            argumentSet(
                    "requirements as a link",
                    new Tars().link("requirements.txt", "dags/r").plain(),
                    "regular file"),
            argumentSet("dags as a file", new Tars().file("dags", "").plain(), "must be a folder"),
            argumentSet(
                    "long requirements",
                    new Tars().file("requirements.txt", "x".repeat(1001)).plain(),
                    "allowed 1000"),
            argumentSet(
                    "long description",
                    new Tars().entry("././@LongLink", 'L', "", new byte[70_000]).plain(),
                    "too long"),
        };
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusesWithAReason(byte[] archive, String reason) throws Exception {
        assertThatThrownBy(() -> unpack(archive, SMALL))
                .isInstanceOf(ArchiveRefused.class)
                .hasMessageContaining(reason);
        assertThat(temporary.toFile().list()).containsExactlyInAnyOrder("stage", "archive");

        FileTree.delete(stage);
        makeStage();
        assertThat(unpack(new Tars().file("dags/a.py", "a").gzip(), SMALL).entries())
                .isEqualTo(2);
    }

    @Test
    void refusesTooManyEntriesFoldersIncluded() throws Exception {
        Tars fits = new Tars();
        Tars tooMany = new Tars();
        Tars implied = new Tars();
        for (int i = 0; i < 20; i++) {
            fits.file("f" + i, "");
            tooMany.file("f" + i, "");
            implied.file("d" + i + "/f", "");
        }
        assertThat(unpack(fits.plain(), SMALL).entries()).isEqualTo(20);
        for (byte[] archive : new byte[][] {tooMany.file("more", "").plain(), implied.plain()}) {
            FileTree.delete(stage);
            makeStage();
            assertThatThrownBy(() -> unpack(archive, SMALL)).hasMessageContaining("allowed 20");
        }
    }

    @Test
    void refusesWhatUnpacksToTooMuch() throws Exception {
        Tars half = new Tars();
        Tars large = new Tars();
        for (int i = 0; i < 12; i++) {
            String noise = noise(i, 8500);
            (i < 6 ? half : large).file("f" + i, noise);
            large.file("g" + i, noise);
        }
        assertThat(unpack(half.gzip(), SMALL).entries()).isEqualTo(6);
        assertThatThrownBy(() -> unpack(large.gzip(), SMALL)).hasMessageContaining("allowed 100000");
    }

    @Test
    void refusesWhatIsMostlyAir() throws Exception {
        Tars small = new Tars().file("a", " ".repeat(9000));
        Tars bomb = new Tars();
        for (int i = 0; i < 9; i++) {
            bomb.file("f" + i, " ".repeat(9000));
        }
        assertThat(unpack(small.gzip(), SMALL).entries()).isEqualTo(1);
        FileTree.delete(stage);
        makeStage();
        assertThatThrownBy(() -> unpack(bomb.gzip(), SMALL)).hasMessageContaining("allowed 20 to 1");
    }

    /// A chain of headers that describe each other makes a recursive parser run out of stack.
    @Test
    void refusesAChainOfDescriptions() throws Exception {
        Tars chain = new Tars();
        byte[] comment = "13 comment=x\n".getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 50_000; i++) {
            chain.entry("pax", 'x', "", comment);
        }
        assertThatThrownBy(() -> unpack(chain.file("a", "").plain(), ArchiveLimits.standard()))
                .isInstanceOf(ArchiveRefused.class)
                .hasMessageContaining("too long");
        assertThat(unpack(
                                new Tars()
                                        .entry("pax", 'x', "", comment)
                                        .file("a", "")
                                        .plain(),
                                SMALL)
                        .entries())
                .isEqualTo(1);
    }

    @Test
    void refusesAMillionEntriesEarly() throws Exception {
        Path archive = temporary.resolve("million.tar.gz");
        byte[] one = new Tars().file("dags/same.py", "").unended();
        try (OutputStream out = new BufferedOutputStream(new GZIPOutputStream(Files.newOutputStream(archive)))) {
            byte[] many = new byte[one.length * 1000];
            for (int i = 0; i < 1000; i++) {
                System.arraycopy(one, 0, many, i * one.length, one.length);
            }
            for (int i = 0; i < 1000; i++) {
                out.write(many);
            }
        }
        long start = System.nanoTime();
        assertThatThrownBy(() -> new BundleArchive(archive, ArchiveLimits.standard()).unpackInto(stage))
                .isInstanceOf(ArchiveRefused.class);
        assertThat(System.nanoTime() - start).isLessThan(5_000_000_000L);
    }

    private BundleFiles.Contents unpack(byte[] archive, ArchiveLimits limits) throws Exception {
        Path file = Files.write(temporary.resolve("archive"), archive);
        return new BundleArchive(file, limits).unpackInto(stage);
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static byte[] flipped(byte[] bytes, int at) {
        byte[] copy = bytes.clone();
        copy[at] ^= 0x55;
        return copy;
    }

    private static byte[] withChecksum(byte[] tar) {
        byte[] copy = tar.clone();
        Arrays.fill(copy, 148, 156, (byte) ' ');
        int sum = 0;
        for (int i = 0; i < 512; i++) {
            sum += copy[i] & 0xff;
        }
        byte[] text = String.format(java.util.Locale.ROOT, "%06o\0 ", sum).getBytes(StandardCharsets.UTF_8);
        System.arraycopy(text, 0, copy, 148, text.length);
        return copy;
    }

    private static String noise(int seed, int length) {
        StringBuilder text = new StringBuilder();
        long state = seed + 1L;
        while (text.length() < length) {
            state = state * 6364136223846793005L + 1442695040888963407L;
            text.append((char) (' ' + (state >>> 33) % 90));
        }
        return text.toString();
    }
}
