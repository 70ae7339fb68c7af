package io.headgate.runtime.process;

import io.headgate.host.SystemProgram;
import java.time.Duration;
import java.util.List;

/// What code that people pushed may use while it runs on our behalf; each is told with the message when it is hit.
///
/// @param wall from start to end; then everything is killed
/// @param cpu of each of its processes
/// @param memoryBytes of address space of each of its processes
/// @param processes at once, threads included where the kernel counts them
/// @param fileBytes of each file it writes
/// @param openFiles of each of its processes
record ConfinementLimits(Duration wall, Duration cpu, long memoryBytes, int processes, long fileBytes, int openFiles) {
    private static final long MIB = 1024L * 1024;
    private static final int SECONDS_TO_SAY_IT = 5;
    private static final int PROCESSES_MARGIN = 32;

    /// Enough to import hundreds of DAG files on a busy machine, and ended before the caller's patience is.
    static final ConfinementLimits OF_VALIDATION =
            new ConfinementLimits(Duration.ofSeconds(45), Duration.ofSeconds(40), 2048 * MIB, 128, 64 * MIB, 1024);

    /// Enough to compile a package of some size.
    static final ConfinementLimits OF_BUILDING =
            new ConfinementLimits(Duration.ofMinutes(15), Duration.ofMinutes(15), 8192 * MIB, 512, 4096 * MIB, 4096);

    long memoryMib() {
        return memoryBytes / MIB;
    }

    long fileMib() {
        return fileBytes / MIB;
    }

    /// Words that, put before a command, make the kernel hold it to them.
    ///
    /// @param alreadyRunning processes and threads of the same user: the kernel counts per user, not per command
    List<String> prefix(int alreadyRunning) {
        // a little above what is allowed, so that a command that goes beyond is seen to, and others of the user may
        // start
        long most = (long) alreadyRunning + processes + PROCESSES_MARGIN;
        return List.of(
                SystemProgram.path("prlimit"),
                // a warning signal first, the end a little later
                "--cpu=" + cpu.toSeconds() + ":" + (cpu.toSeconds() + SECONDS_TO_SAY_IT),
                "--as=" + memoryBytes,
                "--nproc=" + most,
                "--fsize=" + fileBytes,
                "--nofile=" + openFiles,
                "--core=0");
    }
}
