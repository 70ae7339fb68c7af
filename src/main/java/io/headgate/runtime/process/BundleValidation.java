package io.headgate.runtime.process;

import io.headgate.deploy.Findings;
import io.headgate.deployment.DesiredAirflow;
import io.headgate.deployment.SecretRedaction;
import io.headgate.host.RunAs;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/// One run of our script over a staged archive, and what it means when the script does not live to say what it found.
record BundleValidation(
        DesiredAirflow airflow,
        AirflowInstallation installation,
        Path ourPackage,
        RunAs user,
        ConfinementMark mark,
        List<String> namespace,
        ConfinementLimits limits) {
    private static final int PROGRESS_BYTES_MAX = 4096;
    private static final int LAST_WORDS_BYTES = 4096;

    private static final int SIGNAL_CPU_TIME = 24;
    private static final int SIGNAL_FILE_SIZE = 25;

    Findings of(Path staged, ScratchFolder scratch) throws InterruptedException {
        Path result = scratch.writable("result");
        Path progress = scratch.writable("progress");
        ConfinedCommand.Outcome outcome = new ConfinedCommand(
                        List.of(
                                installation.python().toString(),
                                "-m",
                                "headgate_airflow.validate",
                                staged.toString(),
                                result.toString(),
                                progress.toString()),
                        user,
                        mark,
                        namespace,
                        limits,
                        new ValidationEnvironment(airflow, installation, ourPackage, scratch).variables(),
                        scratch.work(),
                        scratch.output())
                .run();
        ValidationResult reader = new ValidationResult(
                // user code may put a secret of its Deployment into the message of an exception
                SecretRedaction.of(airflow)::of);
        String at = StrangersFile.text(progress, PROGRESS_BYTES_MAX).orElse("");
        return switch (outcome) {
            case ConfinedCommand.Outcome.Ended ended ->
                ended.exitCode() == 0
                        ? finished(reader, result, at)
                        : failure(reader, at, howItEnded(ended, at, scratch.output()));
            case ConfinedCommand.Outcome.OutOfTime _ ->
                failure(
                        reader,
                        at,
                        "validation did not end within the allowed "
                                + limits.wall().toSeconds() + " s: " + activity(at));
            case ConfinedCommand.Outcome.TooManyProcesses _ ->
                failure(
                        reader,
                        at,
                        "started more processes than are allowed during validation (" + limits.processes() + "): "
                                + activity(at));
        };
    }

    private static Findings finished(ValidationResult reader, Path result, String at) {
        return StrangersFile.text(result, ValidationResult.BYTES_MAX)
                .flatMap(reader::parse)
                .orElseGet(() -> failure(
                        reader,
                        at,
                        "the process ended without a result, as if the file had ended it: " + activity(at)));
    }

    private String howItEnded(ConfinedCommand.Outcome.Ended ended, String at, Path output) {
        if (ended.bySignal(SIGNAL_CPU_TIME)) {
            return "used more than the allowed " + limits.cpu().toSeconds() + " s of CPU time: " + activity(at);
        }
        if (ended.bySignal(SIGNAL_FILE_SIZE)) {
            return "wrote a larger file than is allowed during validation (" + limits.fileMib() + " MiB): "
                    + activity(at);
        }
        return "validation ended with exit code " + ended.exitCode() + " and no result: " + activity(at)
                + lastWords(output);
    }

    private static String lastWords(Path output) {
        return StrangersFile.end(output, LAST_WORDS_BYTES)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .reduce((_, last) -> last)
                .map(last -> "; its last words: " + last)
                .orElse("");
    }

    private static String activity(String at) {
        return at.isEmpty() ? "Airflow was starting, no file was being imported" : at + " was being imported";
    }

    private static Findings failure(ValidationResult reader, String at, String message) {
        return new Findings(
                List.of(),
                List.of(new Findings.Finding(ValidationResult.path(at), OptionalInt.empty(), reader.shown(message))),
                List.of());
    }
}
