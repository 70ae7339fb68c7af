package io.headgate.runtime.process;

import io.headgate.host.ChildProcess;
import io.headgate.host.OomPreference;
import io.headgate.host.ProcessIdentity;
import io.headgate.host.ProcessTable;
import io.headgate.host.RunAs;
import io.headgate.host.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Runs code that people pushed, on our behalf: under the user of its Deployment, within limits, and to the end of
/// everything that it started.
///
/// @param mark by which its processes are found, also after our own death
/// @param namespace from {@link ProcessNamespace}
/// @param environment all that it gets
/// @param output appended to; belongs to us, so that its size is what the limits say
record ConfinedCommand(
        List<String> command,
        RunAs user,
        ConfinementMark mark,
        List<String> namespace,
        ConfinementLimits limits,
        Map<String, String> environment,
        Path folder,
        Path output) {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
    private static final Duration TELL_EVERY = Duration.ofSeconds(5);
    private static final Duration KILL_LIMIT = Duration.ofSeconds(15);
    private static final int SIGNALLED = 128;

    ConfinedCommand {
        command = List.copyOf(command);
        namespace = List.copyOf(namespace);
        environment = Map.copyOf(environment);
    }

    /// How it ended.
    sealed interface Outcome {
        /// By itself, or by a signal: then the code is 128 and the signal's number.
        record Ended(int exitCode) implements Outcome {
            boolean bySignal(int number) {
                return exitCode == SIGNALLED + number;
            }
        }

        record OutOfTime() implements Outcome {}

        record TooManyProcesses() implements Outcome {}
    }

    Outcome run() throws InterruptedException {
        return run(elapsed -> {});
    }

    /// Runs it and ends whatever it leaves; says every few seconds how long it has been running.
    Outcome run(Consumer<Duration> stillRunning) throws InterruptedException {
        List<String> words = new ArrayList<>(namespace);
        words.addAll(limits.prefix(running()));
        words.addAll(OomPreference.PUSHED_CODE.prefix());
        words.addAll(user.prefix());
        words.addAll(command);
        Map<String, String> variables = new TreeMap<>(environment);
        variables.putAll(mark.variables());
        ChildProcess.Started started =
                new ChildProcess(words, new RunAs.Ourselves(), variables, folder, output).launch();
        try {
            return watch(started, stillRunning);
        } finally {
            end(started.identity());
        }
    }

    private Outcome watch(ChildProcess.Started started, Consumer<Duration> stillRunning) throws InterruptedException {
        long begin = System.nanoTime();
        long told = begin;
        while (!started.process().waitFor(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS)) {
            long now = System.nanoTime();
            if (now - begin > limits.wall().toNanos()) {
                return new Outcome.OutOfTime();
            }
            if (now - told > TELL_EVERY.toNanos()) {
                told = now;
                stillRunning.accept(Duration.ofNanos(now - begin));
            }
            if (family(started.identity()).size() > limits.processes()) {
                return new Outcome.TooManyProcesses();
            }
        }
        return new Outcome.Ended(started.process().exitValue());
    }

    /// The group first, in one blow: what forks all the time would outrun us one by one.
    private void end(ProcessIdentity leader) throws InterruptedException {
        if (!family(leader).isEmpty()) {
            Signal.KILL.sendToGroup(leader.session());
        }
        boolean gone = Signal.killUntilGone(KILL_LIMIT, () -> {
            Set<ProcessIdentity> left = new HashSet<>(family(leader));
            left.addAll(mark.carriers());
            return left;
        });
        if (!gone) {
            throw new RuntimeTrouble("processes of pushed code cannot be killed; the host may have a hanging disk");
        }
    }

    private static Set<ProcessIdentity> family(ProcessIdentity leader) {
        return ProcessTable.now().family(Set.of(leader.session()));
    }

    /// Processes and threads that the kernel counts against the user's limit already.
    private int running() {
        int uid = switch (user) {
            case RunAs.UserId(int own) -> own;
            case RunAs.Ourselves() -> ownUid();
        };
        return ProcessTable.now().all().stream()
                .filter(process -> process.uid().filter(owner -> owner == uid).isPresent())
                .mapToInt(ConfinedCommand::threads)
                .sum();
    }

    private static int ownUid() {
        return ProcessIdentity.of(ProcessHandle.current().pid())
                .flatMap(ProcessIdentity::uid)
                .orElseThrow();
    }

    private static int threads(ProcessIdentity process) {
        try (Stream<Path> tasks = Files.list(Path.of("/proc", Long.toString(process.pid()), "task"))) {
            return (int) tasks.count();
        } catch (IOException e) {
            return 0; // gone
        }
    }

    /// The environment may hold secrets.
    @Override
    public String toString() {
        return "ConfinedCommand[" + command.getFirst() + "]";
    }
}
