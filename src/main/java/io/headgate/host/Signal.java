package io.headgate.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Signals of kill(2), sent to single processes or to every process of a group; Java itself can do neither.
public enum Signal {
    INTERRUPT(2, "INT"),
    KILL(9, "KILL"),
    TERMINATE(15, "TERM"),
    CONTINUE(18, "CONT"),
    STOP(19, "STOP");

    @SuppressWarnings("restricted") // kill(2) takes two integers and touches no memory of ours
    private static final MethodHandle KILL_CALL = Linker.nativeLinker()
            .downcallHandle(
                    Linker.nativeLinker().defaultLookup().findOrThrow("kill"),
                    FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

    private static final int FIRST_ORDINARY_UID = 1000;
    private static final Duration SEND_LIMIT = Duration.ofSeconds(20);

    private final int number;
    private final String posixName;

    Signal(int number, String posixName) {
        this.number = number;
        this.posixName = posixName;
    }

    /// Sends it if the process is still that one; a process that is gone is no error.
    public void send(ProcessIdentity process) {
        if (process.alive()) {
            call((int) process.pid());
        }
    }

    /// Sends it to the whole process group of that leader; a group that is gone is no error.
    public void sendToGroup(long leader) {
        // 0 and 1 would mean our own group and every process there is
        if (leader <= 1) {
            throw new IllegalArgumentException("not a group of ours: " + leader);
        }
        call((int) -leader);
    }

    /// Sends it to every process of a user in one stroke, so that none forks meanwhile. Sent as that user: it reaches
    /// no
    /// other. Started in our own session, for our share of the processors: theirs may be none.
    ///
    /// @param uid from 1000, the first that is not the system's
    public void sendToUser(int uid) throws InterruptedException {
        if (uid < FIRST_ORDINARY_UID) {
            throw new IllegalArgumentException("not a user of ours: " + uid);
        }
        List<String> words = new ArrayList<>(new RunAs.UserId(uid).prefix());
        words.addAll(List.of("/bin/sh", "-c", "kill -s " + posixName + " -- -1"));
        ProcessBuilder builder = new ProcessBuilder(words)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        try {
            Process process = builder.start();
            if (!process.waitFor(SEND_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot signal the processes of user " + uid, e);
        }
    }

    /// Kills whom it is told until it is told nobody: processes make new ones while being killed.
    ///
    /// Whoever was named once must also be gone: a dying process first loses the environment it is known by.
    /// False if somebody is left when the limit is over.
    public static boolean killUntilGone(Duration limit, Supplier<Set<ProcessIdentity>> whom)
            throws InterruptedException {
        Set<ProcessIdentity> left = new HashSet<>();
        return Wait.until(limit, () -> {
            left.addAll(whom.get());
            left.forEach(KILL::send);
            left.removeIf(process -> !process.alive());
            return left.isEmpty();
        });
    }

    private void call(int target) {
        try {
            int ignored = (int) KILL_CALL.invokeExact(target, number);
        } catch (Throwable e) {
            throw new IllegalStateException("kill(2) cannot be called", e);
        }
    }
}
