package io.headgate.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Our share of the processors beside those of other sessions: the kernel divides them evenly among sessions
/// (sched(7), autogroup), and a fork bomb that gives each process a session of its own takes nearly all.
public final class ProcessorShare {
    private static final Path OURS = Path.of("/proc/self/autogroup");

    /// As much as thirty ordinary sessions; we are idle nearly all the time.
    private static final String NICE = "-15";

    /// As little as the seventieth part of an ordinary session.
    private static final String NICEST = "19";

    private static final Path THIS_THREAD = Path.of("/proc/thread-self");
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private ProcessorShare() {}

    /// Takes more than others for our session; false where only root may, or the kernel divides otherwise. Children in
    /// sessions of their own do not inherit it.
    public static boolean takeMore() {
        try {
            Files.writeString(OURS, NICE);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /// Leaves the session of that process only what others do not want; without effect where only root may, the process
    /// is gone, or the kernel divides otherwise.
    public static void giveLittle(ProcessIdentity member) {
        try {
            Files.writeString(Path.of("/proc", Long.toString(member.pid()), "autogroup"), NICEST);
        } catch (IOException e) {
            return; // a share is not worth more than what follows
        }
    }

    /// Lets this thread go before everything else whenever it has something to do (sched(7), `SCHED_FIFO`), and not
    /// what
    /// it starts; false where only root may, or `chrt` is missing. For what hardly ever has something to do.
    public static boolean goFirst() throws InterruptedException {
        try {
            String thread = String.valueOf(Files.readSymbolicLink(THIS_THREAD).getFileName());
            Process chrt = new ProcessBuilder(
                            SystemProgram.path("chrt"), "--fifo", "--reset-on-fork", "--pid", "1", thread)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return chrt.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS) && chrt.exitValue() == 0;
        } catch (IOException | IllegalStateException e) {
            return false;
        }
    }
}
