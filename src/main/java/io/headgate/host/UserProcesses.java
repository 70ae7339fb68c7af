package io.headgate.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The processes of one user at one moment, and what they use.
///
/// @param members those that live
/// @param ended how many have ended that their living parent, one of the members, has not asked about: the kernel
/// counts
///     them against the limit of a user. It does so until init(1) asks about an orphan, too, but no member can help
/// that
public record UserProcesses(List<Member> members, int ended) {
    private static final UserProcesses NONE = new UserProcesses(List.of(), 0);

    private static final Path PROC = Path.of("/proc");

    /// The size of a page on every Linux that Airflow's packages are built for, but some on ARM: those read too little.
    private static final long PAGE_BYTES = 4096;

    public UserProcesses {
        members = List.copyOf(members);
    }

    /// @param residentBytes what it has in memory; shared pages are counted for each that shares them
    public record Member(ProcessIdentity identity, long parent, boolean stopped, int threads, long residentBytes) {

        /// What it has in memory, each shared page divided among those that share it; 0 if it is gone. Takes
        /// milliseconds for a large one.
        public long proportionalBytes() {
            try (Stream<String> lines = Files.lines(PROC.resolve(identity.pid() + "/smaps_rollup"))) {
                return lines.filter(line -> line.startsWith("Pss:"))
                        .map(line -> line.replaceAll("\\D", ""))
                        .mapToLong(kib -> Long.parseLong(kib) * 1024)
                        .sum();
            } catch (IOException | UncheckedIOException e) {
                return 0;
            }
        }
    }

    /// Those of some users, in one walk over all processes; a user without any is not in the answer.
    public static Map<Integer, UserProcesses> of(Set<Integer> uids) {
        Map<Integer, List<ProcessIdentity.Stat>> found = new HashMap<>();
        try (Stream<Path> entries = Files.list(PROC)) {
            for (Path entry : (Iterable<Path>) entries::iterator) {
                String name = String.valueOf(entry.getFileName());
                if (name.chars().allMatch(Character::isDigit)) {
                    look(entry, Long.parseLong(name), uids, found);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list /proc", e);
        }
        Map<Integer, UserProcesses> byUser = new HashMap<>();
        found.forEach((uid, stats) -> byUser.put(uid, of(stats)));
        return byUser;
    }

    /// Those of one user; none is no error.
    public static UserProcesses of(int uid) {
        return of(Set.of(uid)).getOrDefault(uid, NONE);
    }

    private static UserProcesses of(List<ProcessIdentity.Stat> stats) {
        List<Member> living = stats.stream()
                .filter(stat -> !stat.ended())
                .map(stat -> new Member(
                        stat.identity(),
                        stat.parent(),
                        stat.stopped(),
                        stat.threads(),
                        stat.residentPages() * PAGE_BYTES))
                .toList();
        Set<Long> parents =
                living.stream().map(member -> member.identity().pid()).collect(Collectors.toSet());
        long ended = stats.stream()
                .filter(stat -> stat.ended() && parents.contains(stat.parent()))
                .count();
        return new UserProcesses(living, (int) ended);
    }

    /// As the kernel counts them against the limit of a user.
    public int threads() {
        return ended + members.stream().mapToInt(Member::threads).sum();
    }

    public long residentBytes() {
        return members.stream().mapToLong(Member::residentBytes).sum();
    }

    /// Most processes are other users': one cheap look tells, before what they use is read.
    private static void look(Path entry, long pid, Set<Integer> uids, Map<Integer, List<ProcessIdentity.Stat>> found) {
        int uid;
        try {
            uid = (Integer) Files.getAttribute(entry, "unix:uid");
        } catch (IOException e) {
            return; // gone
        }
        if (uids.contains(uid)) {
            ProcessIdentity.stat(pid)
                    .ifPresent(stat -> found.computeIfAbsent(uid, ignored -> new ArrayList<>())
                            .add(stat));
        }
    }
}
