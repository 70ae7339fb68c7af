package io.headgate.runtime.process;

import io.headgate.host.ChildProcess;
import io.headgate.host.RunAs;
import io.headgate.storage.AirflowDatabases;
import io.headgate.storage.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// What has to be so before the processes of a Deployment can start: database, code, a check, Airflow's tables.
///
/// Each step leaves a mark that says for what it was done. It is skipped while that stays the same, and simply done
/// again after a kill: all of them may be repeated.
final class FirstSteps {
    /// Seconds, on an idle machine.
    private static final Duration PREFLIGHT_LIMIT = Duration.ofMinutes(2);

    /// Seconds for a new database; an upgrade may rewrite tables with years of task instances.
    private static final Duration MIGRATE_LIMIT = Duration.ofHours(2);

    /// A Python traceback says what matters at its end.
    private static final int LAST_LINES = 1;

    /// Their names in files.
    static final String PREFLIGHT = "preflight";

    static final String MIGRATE = "migrate";

    private static final String FAILED = "headgate preflight: failed: ";

    private final AirflowDatabases databases;
    private final RunAs user;
    private final DeploymentFolder folder;
    private final Supplier<List<String>> restraints;

    /// By this Headgate: it needs no mark, for doing it again takes milliseconds.
    private boolean provided;

    /// @param restraints what each step is started with, see {@link RunningFence}
    FirstSteps(AirflowDatabases databases, RunAs user, DeploymentFolder folder, Supplier<List<String>> restraints) {
        this.restraints = restraints;
        this.databases = databases;
        this.user = user;
        this.folder = folder;
    }

    /// Whether Airflow's tables are made for that installation; if not, nothing of the Deployment may run meanwhile.
    boolean migrated(AirflowEnvironment environment) {
        return marked("migrated", migrationMark(environment));
    }

    void take(AirflowEnvironment environment, Consumer<String> progress) throws InterruptedException {
        if (!provided) {
            progress.accept("preparing its database");
            databases.provide(
                    environment.desired().id(), environment.desired().secrets().databasePassword());
            provided = true;
        }
        if (!Files.exists(folder.createdMark())) {
            FirstBundle.unpackInto(folder, user);
        }
        preflight(environment, progress);
        migrate(environment, progress);
    }

    private void preflight(AirflowEnvironment environment, Consumer<String> progress) throws InterruptedException {
        List<String> command =
                List.of(environment.installation().python().toString(), "-m", "headgate_airflow.preflight");
        // the port says nothing about the configuration: a hand-over, which only changes that, need not wait for this
        Launch launch = new Launch(command, environment.atPort(0).variables("preflight"), 0);
        String checked = new Launch(command, environment.atPort(0).configuration(), 0).configHash();
        if (marked("preflight", checked)) {
            return;
        }
        progress.accept("checking that Airflow accepts its configuration");
        Path log = emptied(PREFLIGHT);
        int exit = run(launch, log, PREFLIGHT_LIMIT, progress, "checking Airflow's configuration");
        if (exit != 0) {
            throw new RuntimeTrouble("Airflow does not accept its configuration: " + reason(log)
                    + "; see logs/components/preflight.log");
        }
        mark("preflight", checked);
    }

    private void migrate(AirflowEnvironment environment, Consumer<String> progress) throws InterruptedException {
        if (migrated(environment)) {
            return;
        }
        progress.accept("making Airflow's tables");
        List<String> command =
                List.of(environment.installation().python().toString(), "-m", "airflow", "db", "migrate");
        Path log = emptied(MIGRATE);
        int exit = run(
                new Launch(command, environment.variables("migrate"), environment.apiPort()),
                log,
                MIGRATE_LIMIT,
                progress,
                "making Airflow's tables");
        if (exit != 0) {
            throw new RuntimeTrouble(
                    "Airflow's tables could not be made, exit code " + exit + ": " + lastWords(log) + "; see " + log);
        }
        mark("migrated", migrationMark(environment));
    }

    private int run(Launch launch, Path log, Duration limit, Consumer<String> progress, String what)
            throws InterruptedException {
        return new ChildProcess(launch.command(), user, launch.environment(), folder.home(), log, restraints.get())
                .run(limit, elapsed -> progress.accept(what + " (" + elapsed.toSeconds() + " s so far)"));
    }

    /// The database is part of it: one that was replaced has no tables. People's packages beside Airflow's are not:
    /// they make no tables.
    private static String migrationMark(AirflowEnvironment environment) {
        return environment.installation().airflow() + " in "
                + environment.database().database();
    }

    private boolean marked(String step, String content) {
        Path mark = folder.run().resolve(step);
        try {
            return Files.isRegularFile(mark) && Files.readString(mark).equals(content);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + mark, e);
        }
    }

    private void mark(String step, String content) {
        PrivateFiles.write(folder.run().resolve(step), content);
    }

    /// Only the last attempt matters.
    private Path emptied(String step) {
        Path log = ComponentLog.of(folder.componentLogs(), step).file();
        PrivateFiles.write(log, "");
        return log;
    }

    private static String reason(Path log) {
        String words = lastWords(log);
        int start = words.lastIndexOf(FAILED);
        return start < 0 ? words : words.substring(start + FAILED.length());
    }

    private static String lastWords(Path log) {
        try {
            return InstallStep.lastWords(log, LAST_LINES);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + log, e);
        }
    }
}
