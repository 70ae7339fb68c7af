package io.headgate.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Writes what an archive holds below a fresh folder of ours, and decides what it may hold.
///
/// No link exists below the folder until every file is written, so no write can follow one. Owners, times and the bits
/// for set-uid, set-gid and writing by others are not taken over; a second entry of the same path is refused, because
/// two readers could take different ones.
final class BundleFiles {
    private static final String REQUIREMENTS = "requirements.txt";
    private static final String DAGS = "dags";
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwxr-xr-x");
    private static final Set<PosixFilePermission> PLAIN = PosixFilePermissions.fromString("rw-r--r--");
    private static final Set<PosixFilePermission> PROGRAM = PosixFilePermissions.fromString("rwxr-xr-x");
    private static final int BUFFER = 1 << 16;

    private final Path root;
    private final ArchiveLimits limits;
    private final Map<String, Kind> entries = new HashMap<>();
    private final Set<String> parents = new HashSet<>();
    private final ArchiveLinks links = new ArchiveLinks();
    private int count;

    private enum Kind {
        FILE,
        FOLDER,
        LINK
    }

    /// What was unpacked.
    ///
    /// @param entries how many files, folders and links, without the clutter that was left out
    /// @param requirements the text of `requirements.txt` at the root; empty when there is none, or nothing in it
    record Contents(int entries, Optional<String> requirements) {}

    /// Our own disk failed, not the archive.
    static final class WriteFailed extends IOException {
        WriteFailed(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }

    BundleFiles(Path root, ArchiveLimits limits) {
        this.root = root;
        this.limits = limits;
    }

    void folder(ArchivePath path) throws ArchiveRefused, IOException {
        counted();
        if (path.isRoot() || path.isClutter()) {
            return;
        }
        refuseRoot(path, Kind.FOLDER);
        makeParents(path);
        var _ = makeFolder(path.toString());
    }

    void file(ArchivePath path, long size, boolean program, InputStream content) throws ArchiveRefused, IOException {
        counted();
        if (size > limits.fileBytes()) {
            throw refused(path, "is too large: given " + size + " bytes, allowed " + limits.fileBytes());
        }
        if (path.isRoot()) {
            throw new ArchiveRefused("archive refused: a file has no name");
        }
        if (path.isClutter()) {
            copy(content, OutputStream.nullOutputStream());
            return;
        }
        refuseRoot(path, Kind.FILE);
        makeParents(path);
        added(path, Kind.FILE);
        Path file = root.resolve(path.toString());
        try (OutputStream out = created(file)) {
            copy(content, out);
        }
        writing(() -> Files.setPosixFilePermissions(file, program ? PROGRAM : PLAIN));
    }

    void link(ArchivePath path, String target) throws ArchiveRefused {
        counted();
        if (path.isRoot()) {
            throw new ArchiveRefused("archive refused: a symbolic link has no name");
        }
        if (path.isClutter()) {
            return;
        }
        refuseRoot(path, Kind.LINK);
        parents.addAll(path.parents());
        added(path, Kind.LINK);
        links.add(path, target, limits);
    }

    /// When every entry is known: judges and makes the links, and reads `requirements.txt`.
    Contents finish() throws ArchiveRefused, IOException {
        for (Map.Entry<String, String> link : links.checked(parents).entrySet()) {
            Path at = root.resolve(link.getKey());
            // what lies above a link and was never an entry of its own is made here, and never through another link
            ArchivePath path = ArchivePath.of(link.getKey(), limits);
            makeParents(path);
            writing(() -> Files.createSymbolicLink(at, Path.of(link.getValue())));
        }
        return new Contents(entries.size(), requirements());
    }

    private Optional<String> requirements() throws ArchiveRefused, IOException {
        if (entries.get(REQUIREMENTS) != Kind.FILE) {
            return Optional.empty();
        }
        Path file = root.resolve(REQUIREMENTS);
        long size = Files.size(file);
        if (size > limits.requirementsBytes()) {
            throw new ArchiveRefused(
                    "requirements.txt is too large: given " + size + " bytes, allowed " + limits.requirementsBytes());
        }
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(in.readAllBytes()))
                    .toString();
            boolean asksForSomething =
                    text.lines().map(String::strip).anyMatch(line -> !line.isEmpty() && !line.startsWith("#"));
            return asksForSomething ? Optional.of(text) : Optional.empty();
        } catch (CharacterCodingException e) {
            throw new ArchiveRefused("requirements.txt is not UTF-8");
        }
    }

    private void counted() throws ArchiveRefused {
        if (++count > limits.entries()) {
            throw new ArchiveRefused("archive refused: too many entries: given more than " + limits.entries()
                    + ", allowed " + limits.entries());
        }
    }

    /// What a project's root may not hold where no image is built from it, and what must be what its name says.
    private static void refuseRoot(ArchivePath path, Kind kind) throws ArchiveRefused {
        boolean itself = path.segments().size() == 1;
        if (path.top().equals("plugins") || (itself && path.top().equals("packages.txt"))) {
            throw new ArchiveRefused("archive refused: the process runtime takes no " + path.top()
                    + " at the root of a project; the runtimes container and kubernetes would, as part of an image, but"
                    + " this version does not offer them yet. Leave it out of the archive.");
        }
        if (itself && path.top().equals(REQUIREMENTS) && kind != Kind.FILE) {
            throw new ArchiveRefused("archive refused: requirements.txt must be a regular file");
        }
        if (itself && path.top().equals(DAGS) && kind != Kind.FOLDER) {
            throw new ArchiveRefused("archive refused: dags must be a folder");
        }
    }

    private void added(ArchivePath path, Kind kind) throws ArchiveRefused {
        if (entries.putIfAbsent(path.toString(), kind) != null) {
            throw refused(path, "appears twice");
        }
    }

    private void makeParents(ArchivePath path) throws ArchiveRefused, IOException {
        for (String parent : path.parents()) {
            parents.add(parent);
            if (makeFolder(parent)) {
                counted();
            }
        }
    }

    /// Whether it was not there before.
    private boolean makeFolder(String path) throws ArchiveRefused, IOException {
        Kind before = entries.putIfAbsent(path, Kind.FOLDER);
        if (before == Kind.FOLDER) {
            return false;
        }
        if (before != null) {
            throw new ArchiveRefused("archive refused: " + ArchivePath.shown(path) + " is a "
                    + (before == Kind.LINK ? "symbolic link" : "file") + " and a folder");
        }
        writing(() -> {
            Path folder = Files.createDirectory(root.resolve(path));
            Files.setPosixFilePermissions(folder, FOLDER);
        });
        return true;
    }

    private static OutputStream created(Path file) throws WriteFailed {
        try {
            return Files.newOutputStream(
                    file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            throw new WriteFailed(e);
        }
    }

    private static void copy(InputStream content, OutputStream out) throws IOException {
        byte[] buffer = new byte[BUFFER];
        int read = content.read(buffer);
        while (read > 0) {
            try {
                out.write(buffer, 0, read);
            } catch (IOException e) {
                throw new WriteFailed(e);
            }
            read = content.read(buffer);
        }
    }

    @FunctionalInterface
    private interface Write {
        void run() throws IOException;
    }

    private static void writing(Write write) throws WriteFailed {
        try {
            write.run();
        } catch (IOException e) {
            throw new WriteFailed(e);
        }
    }

    private static ArchiveRefused refused(ArchivePath path, String because) {
        return new ArchiveRefused("archive refused: " + ArchivePath.shown(path.toString()) + " " + because);
    }
}
