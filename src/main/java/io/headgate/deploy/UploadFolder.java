package io.headgate.deploy;

import io.headgate.deployment.BundleVersion;
import io.headgate.host.FileTree;
import io.headgate.kernel.DeployId;
import io.headgate.kernel.FailPoint;
import io.headgate.kernel.Id;
import io.headgate.kernel.Problem;
import io.headgate.storage.PrivateFiles;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The files of uploads, private to us: a folder per deploy with finished archives, blocks, and what is being received.
///
/// A file has its final name only when it is complete and on disk. An archive's name is its version, so that a row
/// never points to the bytes of another upload.
final class UploadFolder {
    private static final String PART = ".part";
    private static final int BUFFER = 1 << 16;

    private final Path root;

    UploadFolder(Path root) {
        this.root = root;
    }

    /// Bytes that are on disk under a passing name; closing throws away what was not put in its place.
    record Received(Path part, long bytes, String sha256) implements AutoCloseable {
        void moveTo(Path place) {
            try {
                FailPoint.UPLOAD_WRITTEN_BEFORE_RENAME.pass();
                Files.move(part, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                sync(place.resolveSibling("."));
                FailPoint.UPLOAD_RENAMED_BEFORE_COMMIT.pass();
            } catch (IOException e) {
                throw UploadProblems.writing(e);
            }
        }

        @Override
        public void close() {
            try {
                Files.deleteIfExists(part);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /// Streams a body to disk; at most that many bytes.
    Received receive(DeployId id, InputStream body, long most) {
        Path part = newPart(id);
        try (FileChannel out = open(part)) {
            MessageDigest digest = sha256();
            long bytes = append(body, out, digest, most);
            force(out);
            return new Received(part, bytes, hex(digest));
        } catch (IOException e) {
            discard(part);
            throw UploadProblems.writing(e);
        } catch (RuntimeException e) {
            discard(part);
            throw e;
        }
    }

    /// Blocks in the order of a list as one file; 400 if one was never received.
    Received join(DeployId id, List<String> blockIds, long most) {
        Path part = newPart(id);
        try (FileChannel out = open(part)) {
            MessageDigest digest = sha256();
            long bytes = 0;
            for (String blockId : blockIds) {
                Path block = block(id, blockId);
                if (!Files.isRegularFile(block)) {
                    throw UploadProblems.unknownBlock().asException();
                }
                try (InputStream in = new BufferedInputStream(Files.newInputStream(block), BUFFER)) {
                    bytes += append(in, out, digest, most - bytes);
                }
            }
            force(out);
            return new Received(part, bytes, hex(digest));
        } catch (IOException e) {
            discard(part);
            throw UploadProblems.writing(e);
        } catch (RuntimeException e) {
            discard(part);
            throw e;
        }
    }

    Path archive(DeployId id, BundleVersion version) {
        return folder(id).resolve("archive-" + version.folderName());
    }

    /// The place of a block; its id is the client's and names no file.
    Path block(DeployId id, String blockId) {
        MessageDigest digest = sha256();
        digest.update(blockId.getBytes(StandardCharsets.UTF_8));
        return PrivateFiles.folder(folder(id).resolve("blocks")).resolve(hex(digest));
    }

    /// How much the blocks of an upload take now.
    Blocks blocks(DeployId id) {
        Path folder = PrivateFiles.folder(folder(id).resolve("blocks"));
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(UploadFolder::size).reduce(new Blocks(0, 0), Blocks::plus);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// How many, and how many bytes.
    record Blocks(int count, long bytes) {
        Blocks plus(Blocks other) {
            return new Blocks(count + other.count, bytes + other.bytes);
        }
    }

    /// Throws away every finished archive but this one.
    void keepOnly(DeployId id, BundleVersion version) {
        Path kept = archive(id, version);
        list(folder(id))
                .filter(file -> file.getFileName().toString().startsWith("archive-") && !file.equals(kept))
                .forEach(UploadFolder::discard);
    }

    void discard(DeployId id) {
        discard(root.resolve(id.value()));
    }

    void discardBlocks(DeployId id) {
        discard(root.resolve(id.value()).resolve("blocks"));
    }

    /// What an earlier run was in the middle of receiving was never acknowledged.
    void discardParts() {
        deploys()
                .forEach(id -> list(folder(id))
                        .filter(file -> file.getFileName().toString().endsWith(PART))
                        .forEach(UploadFolder::discard));
    }

    /// Deploys of which something lies here.
    List<DeployId> deploys() {
        return list(PrivateFiles.folder(root))
                .map(folder -> folder.getFileName().toString())
                .filter(Id::isWellFormed)
                .map(DeployId::new)
                .toList();
    }

    private Path folder(DeployId id) {
        PrivateFiles.folder(root);
        return PrivateFiles.folder(root.resolve(id.value()));
    }

    private Path newPart(DeployId id) {
        Path folder = folder(id);
        try {
            return Files.createTempFile(
                    folder,
                    "",
                    PART,
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (IOException e) {
            throw UploadProblems.writing(e);
        }
    }

    private static FileChannel open(Path part) throws IOException {
        return FileChannel.open(part, Set.of(StandardOpenOption.WRITE));
    }

    private static void force(FileChannel out) throws IOException {
        out.force(true);
    }

    private static long append(InputStream in, FileChannel out, MessageDigest digest, long most) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long total = 0;
        int read = read(in, buffer);
        while (read >= 0) {
            total += read;
            if (total > most) {
                throw UploadProblems.tooLarge("more than " + most, most).asException();
            }
            digest.update(buffer, 0, read);
            ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, read);
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            read = read(in, buffer);
        }
        return total;
    }

    /// A sender that goes away is told apart from a disk that is full.
    private static int read(InputStream in, byte[] buffer) {
        try {
            return in.read(buffer);
        } catch (IOException e) {
            throw Problem.badRequest("upload.broken", "upload broken off: the body ended early")
                    .asException();
        }
    }

    private static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static Stream<Path> list(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Blocks size(Path block) {
        try {
            return new Blocks(1, Files.size(block));
        } catch (IOException e) {
            return new Blocks(0, 0);
        }
    }

    private static void discard(Path path) {
        try {
            FileTree.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }
}
