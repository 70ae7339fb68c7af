package io.headgate.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Our share of the processors beside those of other sessions: the kernel divides them evenly among sessions
/// (sched(7), autogroup), and a fork bomb that gives each process a session of its own takes nearly all.
public final class ProcessorShare {
    private static final Path OURS = Path.of("/proc/self/autogroup");

    /// As much as thirty ordinary sessions; we are idle nearly all the time.
    private static final String NICE = "-15";

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
}
