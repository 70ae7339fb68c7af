package io.headgate.host;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;

/// Signals of kill(2), sent to single processes or to every process of a group; Java itself can do neither.
public enum Signal {
    INTERRUPT(2),
    KILL(9),
    TERMINATE(15),
    CONTINUE(18),
    STOP(19);

    @SuppressWarnings("restricted") // kill(2) takes two integers and touches no memory of ours
    private static final MethodHandle KILL_CALL = Linker.nativeLinker()
            .downcallHandle(
                    Linker.nativeLinker().defaultLookup().findOrThrow("kill"),
                    FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

    private final int number;

    Signal(int number) {
        this.number = number;
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
