package io.headgate.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A command to run as a child in a session of its own, so that Ctrl-C reaches us and not it, with exactly the
/// environment given, and with its output appended to a file: never a pipe, which would die with us.
public record ChildProcess(
        List<String> command, RunAs user, Map<String, String> environment, Path folder, Path output) {

    public ChildProcess {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /// Starts it; it leads a session and a process group, both with its pid as number.
    public ProcessIdentity start() {
        Process process = spawn();
        return ProcessIdentity.of(process.pid())
                .orElseThrow(() -> new IllegalStateException(
                        "'" + command.getFirst() + "' ended at once; its output is in " + output));
    }

    /// Runs it to its end and returns its exit code; past the limit it is killed with its group.
    public int run(Duration limit) throws InterruptedException {
        Process process = spawn();
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("'" + command.getFirst() + "' did not end within " + limit.toSeconds()
                        + " s; its output is in " + output);
            }
            return process.exitValue();
        } finally {
            if (process.isAlive()) {
                Signal.KILL.sendToGroup(process.pid());
            }
        }
    }

    private Process spawn() {
        List<String> words = new ArrayList<>(List.of("setsid"));
        words.addAll(user.prefix());
        words.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start '" + command.getFirst() + "': " + e.getMessage(), e);
        }
    }
}
