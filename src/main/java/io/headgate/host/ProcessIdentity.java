package io.headgate.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Names one process for good: pid, start time in clock ticks since boot, and session.
///
/// A pid alone is reused; with its start time it is not. The session survives the process's own death in its children,
/// so what it left behind can still be found.
public record ProcessIdentity(long pid, long startTicks, long session) {
    private static final Path PROC = Path.of("/proc");

    /// The process of that number as it is now; empty if there is none, or it is a zombie.
    public static Optional<ProcessIdentity> of(long pid) {
        return stat(pid).filter(stat -> !stat.ended()).map(Stat::identity);
    }

    public boolean alive() {
        return of(pid).filter(this::equals).isPresent();
    }

    /// All living processes of a session, whoever started them.
    public static List<ProcessIdentity> inSession(long session) {
        return all().stream().filter(process -> process.session == session).toList();
    }

    /// All living processes of this machine.
    public static List<ProcessIdentity> all() {
        return stats().stream().map(Stat::identity).toList();
    }

    /// The environment it was started with, `NAME=value` each; empty if it may not be read or the process is gone.
    public List<String> environment() {
        try {
            return List.of(Files.readString(PROC.resolve(pid + "/environ"), StandardCharsets.ISO_8859_1)
                    .split("\0"));
        } catch (IOException e) {
            return List.of();
        }
    }

    /// The real user id it runs under; empty if it is gone.
    public Optional<Integer> uid() {
        try {
            return Optional.of((Integer) Files.getAttribute(PROC.resolve(Long.toString(pid)), "unix:uid"));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /// Its working folder; empty if it may not be read or the process is gone.
    public Optional<Path> workingFolder() {
        try {
            return Optional.of(Files.readSymbolicLink(PROC.resolve(pid + "/cwd")));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /// What `/proc/<pid>/stat` says at one moment.
    record Stat(ProcessIdentity identity, char state, long parent, int threads, long residentPages) {
        boolean ended() {
            return state == 'Z' || state == 'X';
        }

        boolean stopped() {
            return state == 'T' || state == 't';
        }
    }

    static List<Stat> stats() {
        List<Stat> found = new ArrayList<>();
        try (Stream<Path> entries = Files.list(PROC)) {
            entries.map(entry -> String.valueOf(entry.getFileName()))
                    .filter(name -> name.chars().allMatch(Character::isDigit))
                    .forEach(name -> stat(Long.parseLong(name))
                            .filter(stat -> !stat.ended())
                            .ifPresent(found::add));
        } catch (IOException e) {
            throw new IllegalStateException("cannot list /proc", e);
        }
        return found;
    }

    /// proc(5): `pid (comm) state ppid pgrp session …`, field 20 counts threads, 22 is the start time, 24 the resident
    /// pages; `comm` may hold spaces and brackets.
    static Optional<Stat> stat(long pid) {
        try {
            String line = Files.readString(PROC.resolve(pid + "/stat"), StandardCharsets.ISO_8859_1);
            String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
            return Optional.of(new Stat(
                    new ProcessIdentity(pid, Long.parseLong(fields[19]), Long.parseLong(fields[3])),
                    fields[0].charAt(0),
                    Long.parseLong(fields[1]),
                    Integer.parseInt(fields[17]),
                    Long.parseLong(fields[21])));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
