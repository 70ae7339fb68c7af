package io.headgate.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Whom the kernel ends first when the host runs out of memory: `oom_score_adj` of proc(5), from −1000 to 1000.
///
/// Children inherit it, and we are among the last ourselves: so every child is given one. Without `CAP_SYS_RESOURCE`
/// it can only be raised; then whoever should be spared is left where we are.
public enum OomPreference {
    /// Headgate and PostgreSQL's first process: without them nothing of the others can be had.
    SPARED(-900),
    /// A session of PostgreSQL: a query that took the memory goes before those that did not ask for it.
    DATABASE_SESSION(-500),
    ORDINARY(0),
    /// Airflow's own processes: they are started again, but all tasks of a Deployment suffer meanwhile.
    AIRFLOW(300),
    /// Tasks, validation and builds; tasks raise themselves to it (`headgate_airflow.executor`).
    PUSHED_CODE(900);

    private static final Path OURS = Path.of("/proc/self/oom_score_adj");
    private static final int CAP_SYS_RESOURCE = 24;

    private final int score;

    OomPreference(int score) {
        this.score = score;
    }

    public int score() {
        return score;
    }

    /// Words that, put before a command, give it this preference, or the nearest that we may give.
    public List<String> prefix() {
        int ours = ours();
        int nearest = mayLower() ? score : Math.max(score, ours);
        return nearest == ours
                ? List.of()
                : List.of(SystemProgram.path("choom"), "-n", Integer.toString(nearest), "--");
    }

    /// Gives it to this process; false if it is not ours to give.
    public boolean takeOurselves() {
        try {
            Files.writeString(OURS, Integer.toString(score));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static int ours() {
        try {
            return Integer.parseInt(Files.readString(OURS).strip());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + OURS, e);
        }
    }

    private static boolean mayLower() {
        try (var lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("CapEff:"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .anyMatch(mask -> (Long.parseUnsignedLong(mask, 16) >> CAP_SYS_RESOURCE & 1) == 1);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read /proc/self/status", e);
        }
    }
}
