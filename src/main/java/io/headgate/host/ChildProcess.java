package io.headgate.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// A command to run as a child in a session of its own, so that Ctrl-C reaches us and not it, with exactly the
/// environment given, and with its output appended to a file: never a pipe, which would die with us.
///
/// @param restraints words put before the command while it still runs as us, such as limits and {@link OomPreference}
public record ChildProcess(
        List<String> command,
        RunAs user,
        Map<String, String> environment,
        Path folder,
        Path output,
        List<String> restraints) {

    /// Far more than the millisecond it takes: the machine may be busy.
    private static final Duration SESSION_LIMIT = Duration.ofSeconds(10);

    private static final Duration TELL_EVERY = Duration.ofSeconds(5);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(1);

    public ChildProcess {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        restraints = List.copyOf(restraints);
    }

    /// One without limits that goes like any other process when memory runs out, however much we are spared.
    public ChildProcess(List<String> command, RunAs user, Map<String, String> environment, Path folder, Path output) {
        this(command, user, environment, folder, output, OomPreference.ORDINARY.prefix());
    }

    /// A started child: who it is, and what it ends with.
    public record Started(ProcessIdentity identity, Process process) {}

    /// Starts it; it leads a session and a process group, both with its pid as number.
    public ProcessIdentity start() {
        return launch().identity();
    }

    /// Starts it like {@link #start()}, for a caller that also wants to know its exit code.
    public Started launch() {
        Process process = spawn();
        // Right after the spawn the child is still in our session: it becomes who it is when setsid(1) has run.
        long deadline = System.nanoTime() + SESSION_LIMIT.toNanos();
        while (process.isAlive() && System.nanoTime() - deadline < 0) {
            Optional<ProcessIdentity> identity = ProcessIdentity.of(process.pid());
            if (identity.isPresent() && identity.get().session() == process.pid()) {
                return new Started(identity.get(), process);
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
        process.destroyForcibly();
        throw new IllegalStateException("'" + command.getFirst() + "' ended at once; its output is in " + output);
    }

    /// Runs it to its end and returns its exit code; past the limit it is killed with its group.
    public int run(Duration limit) throws InterruptedException {
        return run(limit, elapsed -> {});
    }

    /// Runs it like {@link #run(Duration)} and says every few seconds how long it has been running.
    public int run(Duration limit, Consumer<Duration> stillRunning) throws InterruptedException {
        Process process = spawn();
        try {
            Duration elapsed = Duration.ZERO;
            while (elapsed.compareTo(limit) < 0) {
                Duration slice = limit.minus(elapsed).compareTo(TELL_EVERY) < 0 ? limit.minus(elapsed) : TELL_EVERY;
                if (process.waitFor(slice.toMillis(), TimeUnit.MILLISECONDS)) {
                    break;
                }
                elapsed = elapsed.plus(slice);
                stillRunning.accept(elapsed);
            }
            if (process.isAlive()) {
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
        List<String> words = new ArrayList<>(List.of(SystemProgram.path("setsid")));
        words.addAll(restraints);
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
