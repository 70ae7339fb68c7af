package io.headgate.runtime.process;

import io.headgate.host.ChildProcess;
import io.headgate.host.RunAs;
import io.headgate.host.SystemProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A world of processes of its own for a command: it sees and can signal no other, and when its first process ends the
/// kernel kills all others, whatever sessions, parents and environments they have given themselves.
///
/// Not every host allows it (a container often does not); then leftovers are found by family and mark alone.
final class ProcessNamespace {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final List<String> AS_ROOT = List.of("--pid", "--fork", "--mount-proc");
    private static final List<String> AS_USER =
            List.of("--user", "--map-current-user", "--pid", "--fork", "--mount-proc");

    /// The first process, which nobody inside can signal; as root it is not even the user's.
    private static final List<String> FIRST = List.of("/bin/sh", "-c", "\"$@\"; exit \"$?\"", "sh");

    private ProcessNamespace() {}

    /// Words that, put before a command, give it one; none where the host does not allow it, which is tried out.
    static List<String> prefix(Path scratch) throws InterruptedException {
        List<String> words = new ArrayList<>(List.of(SystemProgram.path("unshare")));
        words.addAll(RunAs.weAreRoot() ? AS_ROOT : AS_USER);
        words.addAll(FIRST);
        List<String> trial = new ArrayList<>(words);
        trial.add("true");
        try {
            Path output = Files.createTempFile(scratch, "namespace-", ".log");
            try {
                int exit = new ChildProcess(
                                trial, new RunAs.Ourselves(), Map.of("PATH", "/usr/bin:/bin"), scratch, output)
                        .run(LIMIT);
                return exit == 0 ? words : List.of();
            } finally {
                Files.deleteIfExists(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to " + scratch, e);
        }
    }
}
