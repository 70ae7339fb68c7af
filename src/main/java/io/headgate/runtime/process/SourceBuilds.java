package io.headgate.runtime.process;

import io.headgate.host.RunAs;
import io.headgate.storage.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// What has to be done with packages that come as source: their code runs while they are resolved and built. So it is
/// done as the user of the Deployment that asks for them, under limits, with caches and results that are its alone.
///
/// That user can read the environment of these commands, and with it the credentials of the package index.
record SourceBuilds(
        AirflowInstaller installer,
        PackageIndex index,
        Confinement confinement,
        ConfinementLimits limits,
        AtomicLong runs) {
    private static final int LOCK_BYTES_MAX = 4 * 1024 * 1024;
    private static final Duration KEPT = Duration.ofDays(1);
    private static final int WORDS_BYTES_MAX = 16 * 1024;

    /// The result goes into a file that exists: where it lies, the user can make none.
    private static final String RESOLVE =
            "\"$@\" -o \"$TMPDIR/packages.lock\" && cat \"$TMPDIR/packages.lock\" >\"$0\"";

    /// A copy, not links: what is ours must not be reachable through what is theirs. The name appears when all is done.
    private static final String BUILD = """
            set -e
            cd "$VENVS"
            rm -rf half
            cp -dR --preserve=mode,timestamps "$BASE" half
            "$UV" pip install --no-config --quiet --python half/bin/python --require-hashes --no-deps \
              --link-mode copy --compile-bytecode -r "$LOCK"
            touch half
            [ -d "$KEY" ] || mv half "$KEY"
            rm -rf half
            """;

    /// @param compile the command without the file that it is to write
    PythonResolver.Attempt resolve(
            List<String> compile,
            String requirements,
            byte[] constraints,
            String airflowVersion,
            RunAs user,
            DeploymentFolder folder)
            throws InterruptedException {
        venvs(folder, user);
        try (ScratchFolder scratch = ScratchFolder.make(folder.scratch(), "resolve", user)) {
            Path files = PrivateFiles.folder(scratch.folder().resolve("files"));
            Files.writeString(files.resolve("requirements.txt"), requirements);
            Files.write(files.resolve("airflow-" + airflowVersion + ".lock"), constraints);
            user.letRead(files);
            Path lock = scratch.writable("packages.lock");
            List<String> command = new ArrayList<>(List.of("sh", "-c", RESOLVE, lock.toString()));
            command.addAll(compile);
            ConfinedCommand.Outcome outcome =
                    confined(command, user, folder, scratch, Map.of(), files).run();
            return succeeded(outcome)
                    ? new PythonResolver.Attempt(StrangersFile.text(lock, LOCK_BYTES_MAX), "")
                    : new PythonResolver.Attempt(Optional.empty(), words(outcome, scratch));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot resolve requirements in " + folder.scratch(), e);
        }
    }

    /// Builds and installs beside a copy of Airflow; complete when this returns.
    Path install(
            AirflowInstallation base,
            String key,
            String lock,
            RunAs user,
            DeploymentFolder folder,
            Consumer<String> progress)
            throws InterruptedException {
        Path venv = venvs(folder, user).resolve(key);
        if (Files.isExecutable(venv.resolve("bin/python"))) {
            return venv;
        }
        String what = "building the Python packages of this Deployment";
        progress.accept(what);
        try (ScratchFolder scratch = ScratchFolder.make(folder.scratch(), "build", user)) {
            Path packages = scratch.folder().resolve("packages.lock");
            Files.writeString(packages, lock);
            user.letRead(packages);
            Map<String, String> places = Map.of(
                    "VENVS", folder.venvs().toString(),
                    "BASE", base.venv().toString(),
                    "UV", installer.uv(progress).toString(),
                    "LOCK", packages.toString(),
                    "KEY", key);
            ConfinedCommand.Outcome outcome = confined(
                            List.of("sh", "-c", BUILD), user, folder, scratch, places, scratch.work())
                    .run(elapsed -> progress.accept(what + " (" + elapsed.toSeconds() + " s so far)"));
            if (!succeeded(outcome)) {
                throw new RuntimeTrouble("the Python packages could not be built: " + words(outcome, scratch));
            }
            return venv;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot build packages in " + folder.venvs(), e);
        }
    }

    /// Deletes what was built for a Deployment more than a day ago and is not wanted any more, as its user.
    ///
    /// @param wanted ends of keys
    void collect(DeploymentFolder folder, RunAs user, List<String> wanted) throws InterruptedException {
        if (!Files.isDirectory(folder.venvs(), LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        List<String> command = new ArrayList<>(List.of(
                "find",
                folder.venvs().toString(),
                "-mindepth",
                "1",
                "-maxdepth",
                "1",
                "-name",
                "*" + SharedEnvironments.WITH + "*"));
        command.addAll(List.of("-mmin", "+" + KEPT.toMinutes()));
        wanted.forEach(end -> command.addAll(List.of("!", "-name", "*" + end)));
        command.addAll(List.of("-exec", "rm", "-rf", "{}", "+"));
        try (ScratchFolder scratch = ScratchFolder.make(folder.scratch(), "collect", user)) {
            confined(command, user, folder, scratch, Map.of(), scratch.work()).run();
        }
    }

    private ConfinedCommand confined(
            List<String> command,
            RunAs user,
            DeploymentFolder folder,
            ScratchFolder scratch,
            Map<String, String> more,
            Path in)
            throws InterruptedException {
        Map<String, String> environment = new HashMap<>(index.in(installer.environment()));
        environment.remove("NETRC"); // a file of ours
        environment.put("HOME", scratch.home().toString());
        environment.put("TMPDIR", scratch.temporary().toString());
        environment.put("UV_CACHE_DIR", folder.venvs().resolve("uv-cache").toString());
        environment.put("PATH", "/usr/local/bin:/usr/bin:/bin");
        environment.putAll(more);
        ConfinementMark mark =
                new ConfinementMark(confinement.instance(), folder.deployment(), "p" + runs.incrementAndGet());
        return new ConfinedCommand(
                command, user, mark, confinement.namespace(), limits, environment, in, scratch.output());
    }

    /// The user's own, also the folder itself: it makes and removes environments there.
    private Path venvs(DeploymentFolder folder, RunAs user) throws InterruptedException {
        // before a scratch folder is made: the first time, it deletes those of an earlier run
        confinement.begin();
        folder.prepareForCode();
        folder.letReachCode(user);
        if (!Files.isDirectory(folder.venvs(), LinkOption.NOFOLLOW_LINKS)) {
            PrivateFiles.folder(folder.venvs());
        }
        if (!user.owns(folder.venvs())) {
            user.own(folder.venvs());
        }
        return folder.venvs();
    }

    private static boolean succeeded(ConfinedCommand.Outcome outcome) {
        return outcome instanceof ConfinedCommand.Outcome.Ended ended && ended.exitCode() == 0;
    }

    private String words(ConfinedCommand.Outcome outcome, ScratchFolder scratch) {
        String printed = PythonResolver.shown(StrangersFile.end(scratch.output(), WORDS_BYTES_MAX), index);
        return switch (outcome) {
            case ConfinedCommand.Outcome.Ended ended ->
                printed.isEmpty() ? "it ended with exit code " + ended.exitCode() : printed;
            case ConfinedCommand.Outcome.OutOfTime _ ->
                "it did not end within the allowed " + limits.wall().toMinutes() + " minutes\n" + printed;
            case ConfinedCommand.Outcome.TooManyProcesses _ ->
                "it started more processes than are allowed (" + limits.processes() + ")\n" + printed;
        };
    }
}
