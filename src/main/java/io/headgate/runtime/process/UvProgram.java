package io.headgate.runtime.process;

import io.headgate.host.FileTree;
import io.headgate.host.OthersAccess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// `uv`, which installs Airflow ten times as fast as pip: the one on the search path, else one of our own in the cache.
record UvProgram(Path program) {

    /// The caller holds the lock of the cache.
    ///
    /// @param forOthers whether users other than ours must be able to run it
    static UvProgram find(
            Path cache,
            PythonInterpreter python,
            Map<String, String> environment,
            boolean forOthers,
            Consumer<String> progress)
            throws InterruptedException {
        Optional<Path> onPath = onPath(environment.getOrDefault("PATH", ""), forOthers);
        if (onPath.isPresent()) {
            return new UvProgram(onPath.get());
        }
        Path home = cache.resolve("uv");
        Path program = home.resolve("bin/uv");
        if (!Files.isExecutable(program)) {
            install(home, python, environment, progress);
        }
        return new UvProgram(program);
    }

    private static Optional<Path> onPath(String path, boolean forOthers) {
        for (String folder : path.split(":", -1)) {
            Path candidate = Path.of(folder, "uv");
            if (folder.startsWith("/") && Files.isExecutable(candidate) && (!forOthers || open(candidate))) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    private static boolean open(Path candidate) {
        try {
            return OthersAccess.obstacle(candidate).isEmpty();
        } catch (IOException e) {
            return false;
        }
    }

    /// `--target` is the one form of `pip install` that Debian's Python does not refuse.
    private static void install(
            Path home, PythonInterpreter python, Map<String, String> environment, Consumer<String> progress)
            throws InterruptedException {
        Path half = home.resolveSibling("uv.half");
        try {
            FileTree.delete(half);
            FileTree.delete(home);
            new InstallStep(
                            "fetching uv, the installer of Python packages",
                            List.of(
                                    python.program().toString(),
                                    "-m",
                                    "pip",
                                    "install",
                                    "--quiet",
                                    "--only-binary=:all:",
                                    "--target",
                                    half.toString(),
                                    "uv"),
                            environment,
                            PublicFolder.at(home.resolveSibling("scratch")))
                    .run(progress);
            Files.move(half, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot install uv into " + home, e);
        } catch (RuntimeTrouble e) {
            throw new RuntimeTrouble(
                    e.getMessage() + ". Install uv for all users (https://docs.astral.sh/uv), or pip for "
                            + python.program() + " (Debian: apt install python3-pip), and check that the package"
                            + " index can be reached",
                    e);
        }
    }
}
