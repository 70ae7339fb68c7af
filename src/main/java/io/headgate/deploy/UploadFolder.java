package io.headgate.deploy;

import io.headgate.deployment.BundleVersion;
import io.headgate.host.FileTree;
import io.headgate.kernel.DeployId;
import io.headgate.kernel.FailPoint;
import io.headgate.kernel.Id;
import io.headgate.storage.PrivateFiles;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/// The files of uploads, private to us: a folder per deploy with finished archives, blocks, and what is being received.
///
/// A file has its final name only when it is complete and on disk. An archive's name is its version, so that a row
/// never points to the bytes of another upload.
final class UploadFolder {
    private static final String PART = ".part";

    private final Path root;
    private final UploadAllowance allowance;

    /// @param most bytes that one deploy's uploads may take
    UploadFolder(Path root, long most) {
        this.root = root;
        this.allowance = new UploadAllowance(most);
    }

    /// Bytes that are on disk under a passing name; closing throws away what was not put in its place.
    record Received(Path part, UploadAllowance.Share share, long bytes, String sha256) implements AutoCloseable {
        void moveTo(Path place) {
            try {
                FailPoint.UPLOAD_WRITTEN_BEFORE_RENAME.pass();
                Files.move(part, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                share.keep();
                sync(place.resolveSibling("."));
                FailPoint.UPLOAD_RENAMED_BEFORE_COMMIT.pass();
            } catch (IOException e) {
                throw UploadProblems.writing(e);
            }
        }

        @Override
        public void close() {
            try (share) {
                Files.deleteIfExists(part);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /// Streams a body to disk; at most that many bytes.
    Received receive(DeployId id, InputStream body, long most) {
        return writing(id, writer -> writer.append(body, most));
    }

    /// Blocks in the order of a list as one file; 400 if one was never received.
    Received join(DeployId id, List<String> blockIds, long most) {
        return writing(id, writer -> {
            for (String blockId : blockIds) {
                Path block = block(id, blockId);
                if (!Files.isRegularFile(block)) {
                    throw UploadProblems.unknownBlock().asException();
                }
                try (InputStream in = new BufferedInputStream(Files.newInputStream(block), DurableWriter.BUFFER)) {
                    writer.append(in, most);
                }
            }
        });
    }

    private interface Content {
        void writeTo(DurableWriter writer) throws IOException;
    }

    private Received writing(DeployId id, Content content) {
        UploadAllowance.Share share = allowance.begin(id, () -> bytes(id));
        try {
            Path part = newPart(id);
            try (DurableWriter writer = new DurableWriter(part, share::take)) {
                content.writeTo(writer);
                String sha256 = writer.finish();
                return new Received(part, share, writer.bytes(), sha256);
            } catch (IOException | RuntimeException e) {
                discard(part);
                throw e;
            }
        } catch (IOException e) {
            share.close();
            throw UploadProblems.writing(e);
        } catch (RuntimeException e) {
            share.close();
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
        try (Stream<Path> files = Files.list(folder(id).resolve("blocks"))) {
            return files.map(UploadFolder::size).reduce(new Blocks(0, 0), Blocks::plus);
        } catch (NoSuchFileException e) {
            return new Blocks(0, 0);
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

    private long bytes(DeployId id) {
        long archives = list(folder(id))
                .filter(Files::isRegularFile)
                .map(UploadFolder::size)
                .mapToLong(Blocks::bytes)
                .sum();
        return archives + blocks(id).bytes();
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
