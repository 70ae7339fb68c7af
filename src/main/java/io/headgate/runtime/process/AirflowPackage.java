package io.headgate.runtime.process;

import io.headgate.host.FileTree;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The Python package of ours that runs inside Airflow, unpacked from the class path into the cache.
final class AirflowPackage {
    /// All files of it. A class path cannot be listed; a test compares this with the folder they come from.
    static final List<String> FILES = List.of(
            "headgate_airflow/__init__.py",
            "headgate_airflow/archive_root.py",
            "headgate_airflow/auth_manager.py",
            "headgate_airflow/bundle.py",
            "headgate_airflow/executor.py",
            "headgate_airflow/masking.py",
            "headgate_airflow/permissions.py",
            "headgate_airflow/preflight.py",
            "headgate_airflow/validate.py");

    private AirflowPackage() {}

    /// The folder to put on `PYTHONPATH`; named after its content, so that running processes keep what they started
    /// with when a newer Headgate brings another one.
    static Path unpackedIn(Path cache) {
        Map<String, byte[]> files = new TreeMap<>();
        FILES.forEach(name -> files.put(name, resource("/airflow/python/" + name)));
        Path home = PublicFolder.at(cache.toAbsolutePath().resolve("headgate-airflow"))
                .resolve(fingerprint(files).shortened());
        if (!Files.isDirectory(home)) {
            try {
                Path half = Files.createTempDirectory(home.resolveSibling("."), "half-");
                Path content = half.resolve("content");
                for (Map.Entry<String, byte[]> file : files.entrySet()) {
                    Path target = content.resolve(file.getKey());
                    PublicFolder.at(target.resolveSibling(".").normalize());
                    PublicFolder.write(target, file.getValue());
                }
                moveUnlessThere(content, home);
                FileTree.delete(half);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot unpack our part of Airflow into " + home, e);
            }
        }
        return home;
    }

    static byte[] resource(String name) {
        try (InputStream content = AirflowPackage.class.getResourceAsStream(name)) {
            if (content == null) {
                throw new IllegalStateException("this build lacks " + name);
            }
            return content.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name, e);
        }
    }

    private static Fingerprint fingerprint(Map<String, byte[]> files) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        files.forEach((name, content) -> {
            all.writeBytes((name + "\0" + content.length + "\0").getBytes(StandardCharsets.UTF_8));
            all.writeBytes(content);
        });
        return Fingerprint.of(all.toByteArray());
    }

    private static void moveUnlessThere(Path content, Path home) throws IOException {
        try {
            Files.move(content, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            // another Headgate was faster; the name says that its content is the same
            if (!Files.isDirectory(home)) {
                throw e;
            }
        }
    }
}
