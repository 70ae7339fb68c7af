package io.headgate.runtime.process;

import io.headgate.host.FileTree;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/// Installs Airflow from the lock file of its version into the cache, once per version, lock and Python.
///
/// 1. Under the lock of the cache, what a killed attempt left is removed.
/// 2. A virtual environment is made under a name of its own and filled from the lock, hashes checked, bytecode
/// compiled:
///    the users that run it cannot write there later.
/// 3. It is renamed to its final name, which therefore only ever names a complete one. An attempt that outlived us goes
///    on writing into a folder that nobody will use.
final class AirflowInstaller {
    private static final Logger LOG = Logger.getLogger(AirflowInstaller.class);
    static final String HALF = "half-";

    private final Path cache;
    private final Optional<Path> configuredPython;
    private final boolean forOthers;
    private final Map<String, String> environment;
    private final Map<String, AirflowInstallation> installed = new ConcurrentHashMap<>();

    /// @param ours our own environment, of which the package index settings are taken
    /// @param forOthers whether users other than ours must be able to run what is installed
    AirflowInstaller(Path cache, Optional<Path> configuredPython, boolean forOthers, Map<String, String> ours) {
        this.cache = cache.toAbsolutePath();
        this.configuredPython = configuredPython;
        this.forOthers = forOthers;
        this.environment = InstallEnvironment.from(ours, this.cache.resolve("uv-cache"));
    }

    /// The installation of that Airflow version; makes it if it is missing, which takes from seconds to minutes.
    AirflowInstallation install(String airflowVersion, Consumer<String> progress) throws InterruptedException {
        AirflowInstallation known = installed.get(airflowVersion);
        if (known != null && Files.isExecutable(known.python())) {
            return known;
        }
        PublicFolder.at(cache);
        if (forOthers) {
            PublicFolder.requireOpen(cache);
        }
        PythonInterpreter python = interpreter();
        byte[] lock = lock(airflowVersion);
        String key = airflowVersion + "-" + Fingerprint.of(lock).shortened() + "-py" + python.version();
        Path home = installations().resolve(key);
        if (!Files.isDirectory(home)) {
            try (CacheLock _ = lock()) {
                if (!Files.isDirectory(home)) {
                    build(home, airflowVersion, python, lock, progress);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("cannot install Airflow into " + home, e);
            }
        }
        AirflowInstallation installation = new AirflowInstallation(home, key);
        installed.put(airflowVersion, installation);
        return installation;
    }

    /// The folder of all installations, where only we can write.
    Path installations() {
        return PublicFolder.at(cache.resolve("airflow"));
    }

    /// What whoever changes the installations holds.
    CacheLock lock() throws InterruptedException {
        return CacheLock.of(PublicFolder.at(cache).resolve("install.lock"));
    }

    /// Where we may put what is needed only meanwhile; it may not be there yet.
    Path scratchFolder() {
        return cache.resolve("scratch");
    }

    Path scratch() {
        return PublicFolder.at(scratchFolder());
    }

    /// The settings of the package index, for a command of ours.
    Map<String, String> environment() {
        return environment;
    }

    /// The installer of packages; the caller does not hold the lock.
    Path uv(Consumer<String> progress) throws InterruptedException {
        PythonInterpreter python = interpreter();
        try (CacheLock _ = lock()) {
            return UvProgram.find(cache, python, environment, forOthers, progress)
                    .program();
        }
    }

    private PythonInterpreter interpreter() throws InterruptedException {
        return PythonSearch.onThisMachine(configuredPython, environment.getOrDefault("PATH", ""), forOthers, scratch())
                .find();
    }

    private void build(Path home, String version, PythonInterpreter python, byte[] lock, Consumer<String> progress)
            throws IOException, InterruptedException {
        Path folder = home.resolveSibling(".").normalize();
        removeHalves(folder);
        UvProgram uv = UvProgram.find(cache, python, environment, forOthers, progress);
        Path half = Files.createTempDirectory(folder, HALF);
        Path venv = half.resolve("venv");
        Path requirements = half.resolve("requirements.lock");
        PublicFolder.write(requirements, lock);
        new InstallStep(
                        "making a Python environment for Airflow " + version,
                        List.of(
                                uv.program().toString(),
                                "venv",
                                "--relocatable",
                                "--no-project",
                                "--python",
                                python.program().toString(),
                                venv.toString()),
                        environment,
                        half)
                .run(progress);
        new InstallStep(
                        "installing Airflow " + version + " (once on this machine)",
                        List.of(
                                uv.program().toString(),
                                "pip",
                                "install",
                                "--python",
                                venv.resolve("bin/python").toString(),
                                "--require-hashes",
                                "--only-binary",
                                ":all:",
                                "--compile-bytecode",
                                "-r",
                                requirements.toString()),
                        environment,
                        half)
                .run(progress);
        Files.move(venv, home, StandardCopyOption.ATOMIC_MOVE);
        deleteIfNobodyWrites(half);
    }

    /// Throws away what attempts that were cut off left; for whoever holds the lock.
    static void removeHalves(Path folder) throws IOException {
        try (DirectoryStream<Path> halves = Files.newDirectoryStream(folder, HALF + "*")) {
            for (Path half : halves) {
                deleteIfNobodyWrites(half);
            }
        }
    }

    /// An attempt that outlived its Headgate may still be writing there; then the next installation removes it.
    private static void deleteIfNobodyWrites(Path half) {
        try {
            FileTree.delete(half);
        } catch (IOException e) {
            LOG.debugf("leaving %s for later: %s", half, e.getMessage());
        }
    }

    /// What that Airflow consists of: every package with version and file hashes.
    static byte[] lock(String airflowVersion) throws RuntimeTrouble {
        String resource = "/airflow/airflow-" + airflowVersion + "-requirements.lock";
        try (InputStream lock = AirflowInstaller.class.getResourceAsStream(resource)) {
            if (lock == null) {
                throw new RuntimeTrouble("this Headgate does not know Airflow " + airflowVersion);
            }
            return lock.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource, e);
        }
    }
}
