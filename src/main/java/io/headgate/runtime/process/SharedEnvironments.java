package io.headgate.runtime.process;

import io.headgate.host.FileTree;
import io.headgate.kernel.FailPoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/// Environments that hold Airflow and wheels, in the cache, which several Headgates may share.
///
/// They are made like {@link AirflowInstaller} makes Airflow's: under another name until they are complete. Beside each
/// lies a file whose time says when it was last wanted.
final class SharedEnvironments {
    /// Between the name of an Airflow and that of what is with it.
    static final String WITH = "-with-";

    private static final Logger LOG = Logger.getLogger(SharedEnvironments.class);
    private static final String USED = ".used";
    private static final Duration KEPT_UNUSED = Duration.ofDays(1);
    private static final Duration TELL_USE_EVERY = Duration.ofMinutes(10);

    private final AirflowInstaller installer;
    private final PackageIndex index;
    private final Clock clock;

    SharedEnvironments(AirflowInstaller installer, PackageIndex index, Clock clock) {
        this.installer = installer;
        this.index = index;
        this.clock = clock;
    }

    Path provide(AirflowInstallation base, String key, String lock, Consumer<String> progress)
            throws InterruptedException {
        Path home = installer.installations().resolve(key);
        try {
            // in this order: whoever is about to throw it away looks at the time last
            markUsed(home);
            if (!Files.isDirectory(home)) {
                Path uv = installer.uv(progress);
                try (CacheLock _ = installer.lock()) {
                    if (!Files.isDirectory(home)) {
                        build(home, base, uv, lock, progress);
                    }
                }
            }
            return home;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot install packages into " + home, e);
        }
    }

    /// @param wanted ends of keys
    void collect(List<String> wanted) throws InterruptedException {
        try (CacheLock _ = installer.lock();
                DirectoryStream<Path> all = Files.newDirectoryStream(installer.installations(), "*" + WITH + "*")) {
            AirflowInstaller.removeHalves(installer.installations());
            for (Path home : all) {
                String name = String.valueOf(home.getFileName());
                if (Files.isDirectory(home) && wanted.stream().noneMatch(name::endsWith) && unused(home)) {
                    throwAway(home);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot collect packages in " + installer.installations(), e);
        }
    }

    private void build(Path home, AirflowInstallation base, Path uv, String lock, Consumer<String> progress)
            throws IOException, InterruptedException {
        AirflowInstaller.removeHalves(installer.installations());
        Path half = Files.createTempDirectory(installer.installations(), AirflowInstaller.HALF);
        try {
            Path venv = half.resolve("venv");
            Path packages = half.resolve("packages.lock");
            PublicFolder.write(packages, lock.getBytes(StandardCharsets.UTF_8));
            // Links take no space and bring the bytecode along. Nobody but us can write to either.
            new InstallStep(
                            "making a Python environment with the packages of this Deployment",
                            List.of(
                                    "sh",
                                    "-c",
                                    "cp -al \"$0\" \"$1\" || { rm -rf \"$1\"; cp -a \"$0\" \"$1\"; }",
                                    base.venv().toString(),
                                    venv.toString()),
                            installer.environment(),
                            half)
                    .run(progress);
            new InstallStep(
                            "installing the Python packages of this Deployment",
                            List.of(
                                    uv.toString(),
                                    "pip",
                                    "install",
                                    "--no-config",
                                    "--python",
                                    venv.resolve("bin/python").toString(),
                                    "--require-hashes",
                                    "--no-deps",
                                    "--only-binary",
                                    ":all:",
                                    "--link-mode",
                                    "hardlink",
                                    "-r",
                                    packages.toString()),
                            index.in(installer.environment()),
                            half)
                    .run(progress);
            compile(base, venv, half, progress);
            FailPoint.PACKAGES_INSTALL_BEFORE_RENAME.pass();
            Files.move(venv, home, StandardCopyOption.ATOMIC_MOVE);
            FailPoint.PACKAGES_INSTALL_AFTER_RENAME.pass();
        } catch (RuntimeTrouble e) {
            throw new RuntimeTrouble(index.redacted(String.valueOf(e.getMessage())));
        } finally {
            FileTree.delete(half);
        }
    }

    /// By the Python of Airflow alone, which looks at nothing that was just installed: the installer's own way would
    /// start the new environment's Python as us, and that runs what packages have put into `.pth` files.
    private void compile(AirflowInstallation base, Path venv, Path half, Consumer<String> progress)
            throws IOException, InterruptedException {
        new InstallStep(
                        "compiling the Python packages of this Deployment",
                        List.of(
                                "sh",
                                "-c",
                                // what cannot be compiled is for whoever imports it to find out
                                "\"$0\" -I -S -m compileall -q -q \"$1\" || true",
                                base.python().toString(),
                                venv.resolve("lib").toString()),
                        installer.environment(),
                        half)
                .run(progress);
    }

    private void markUsed(Path home) throws IOException {
        Path mark = mark(home);
        Instant now = clock.instant();
        if (!Files.exists(mark)) {
            Files.write(mark, new byte[0]);
        }
        if (Files.getLastModifiedTime(mark).toInstant().plus(TELL_USE_EVERY).isBefore(now)) {
            Files.setLastModifiedTime(mark, FileTime.from(now));
        }
    }

    private boolean unused(Path home) throws IOException {
        Path mark = mark(home);
        return !Files.exists(mark)
                || Files.getLastModifiedTime(mark).toInstant().plus(KEPT_UNUSED).isBefore(clock.instant());
    }

    /// It is out of the way first and judged again then: one that was wanted in between is put back.
    private void throwAway(Path home) throws IOException {
        Path half = Files.createTempDirectory(installer.installations(), AirflowInstaller.HALF);
        Path venv = half.resolve("venv");
        Files.move(home, venv, StandardCopyOption.ATOMIC_MOVE);
        if (!unused(home)) {
            Files.move(venv, home, StandardCopyOption.ATOMIC_MOVE);
            FileTree.delete(half);
            return;
        }
        Files.deleteIfExists(mark(home));
        FileTree.delete(half);
        LOG.infof("threw away %s, which nobody has used for a day", home);
    }

    private static Path mark(Path home) {
        return home.resolveSibling(home.getFileName() + USED);
    }
}
