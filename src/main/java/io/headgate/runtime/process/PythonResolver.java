package io.headgate.runtime.process;

import io.headgate.deployment.PythonLock;
import io.headgate.deployment.PythonPackages.Resolution;
import io.headgate.host.ChildProcess;
import io.headgate.host.FileTree;
import io.headgate.host.RunAs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Turns requirements into exact versions with file hashes that agree with Airflow's own lock.
///
/// First with wheels alone: reading those runs no code of theirs, so it is ours to do. Only if something has no wheel,
/// once more as the Deployment's user: to learn what a source package needs, its code is run.
record PythonResolver(AirflowInstaller installer, PackageIndex index, SourceBuilds builds) {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final int LOCK_BYTES_MAX = 4 * 1024 * 1024;
    private static final int WORDS_BYTES_MAX = 16 * 1024;

    /// What `uv` says when a wheel is what is missing.
    private static final String NEEDS_BUILDING = "building from source is disabled";

    Resolution resolve(
            String airflowVersion, RequirementsText requirements, Supplier<RunAs> user, DeploymentFolder deployment)
            throws InterruptedException {
        Path python = installer.install(airflowVersion, ignored -> {}).python();
        Path uv = installer.uv(ignored -> {});
        String plain = requirements.plain();
        byte[] constraints = AirflowInstaller.lock(airflowVersion);
        try {
            Path folder = Files.createTempDirectory(installer.scratch(), "resolve-");
            try {
                Files.writeString(folder.resolve("requirements.txt"), plain);
                Files.write(folder.resolve("airflow-" + airflowVersion + ".lock"), constraints);
                Attempt wheels = withWheels(compile(uv, python, airflowVersion), folder);
                if (wheels.lock().isPresent()) {
                    return resolved(requirements, wheels.lock().get(), true);
                }
                if (!wheels.words().contains(NEEDS_BUILDING)) {
                    return refused(wheels.words());
                }
            } finally {
                FileTree.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot resolve requirements in " + installer.scratch(), e);
        }
        Attempt built = builds.resolve(
                compile(uv, python, airflowVersion), plain, constraints, airflowVersion, user.get(), deployment);
        return built.lock().map(lock -> resolved(requirements, lock, false)).orElseGet(() -> refused(built.words()));
    }

    /// @param lock empty when there is no solution, and then the words say why
    record Attempt(Optional<String> lock, String words) {}

    private Attempt withWheels(List<String> compile, Path folder) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(compile);
        command.addAll(List.of("--only-binary", ":all:", "-o", "packages.lock"));
        Path output = folder.resolve("output");
        try {
            int exit = new ChildProcess(
                            command, new RunAs.Ourselves(), index.in(installer.environment()), folder, output)
                    .run(LIMIT);
            String words = StrangersFile.end(output, WORDS_BYTES_MAX);
            return exit == 0
                    ? new Attempt(StrangersFile.text(folder.resolve("packages.lock"), LOCK_BYTES_MAX), words)
                    : new Attempt(Optional.empty(), words);
        } catch (IllegalStateException e) {
            return new Attempt(
                    Optional.empty(),
                    "resolving did not end within " + LIMIT.toSeconds() + " s; can the package index be reached?");
        }
    }

    private static List<String> compile(Path uv, Path python, String airflowVersion) {
        return List.of(
                uv.toString(),
                "pip",
                "compile",
                "--no-config",
                "--no-header",
                "--no-annotate",
                "--quiet",
                "--generate-hashes",
                "--python",
                python.toString(),
                "--constraints",
                "airflow-" + airflowVersion + ".lock",
                "requirements.txt");
    }

    private static Resolution resolved(RequirementsText requirements, String lock, boolean wheelsOnly) {
        return new Resolution.Resolved(new PythonLock(requirements.text(), lock, wheelsOnly));
    }

    private Resolution refused(String words) {
        return new Resolution.Refused(shown(words, index));
    }

    /// The installer's own words, without what nobody may read.
    static String shown(String words, PackageIndex index) {
        String clean = index.redacted(words).strip();
        byte[] bytes = clean.getBytes(StandardCharsets.UTF_8);
        return bytes.length <= WORDS_BYTES_MAX ? clean : clean.substring(clean.length() - WORDS_BYTES_MAX / 4);
    }
}
