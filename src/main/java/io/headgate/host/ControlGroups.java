package io.headgate.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A subtree of cgroup v2 that whoever started us has left to us, as systemd does with `Delegate=yes`.
///
/// A group holds either processes or groups with controllers, never both: this process moves into a group `headgate`
/// of the subtree, and everything else gets groups beside it.
///
/// @param subtree the group that was left to us
public record ControlGroups(Path subtree) {
    private static final Path MOUNT = Path.of("/sys/fs/cgroup");
    private static final String OURS = "headgate";
    private static final List<String> NEEDED = List.of("memory", "pids");

    /// Makes that the processors are shared evenly between groups; not every subtree has it.
    private static final String WELCOME = "cpu";

    /// Whether there is one.
    public sealed interface Found {
        record Usable(ControlGroups groups) implements Found {}

        /// @param why completes the sentence "cgroup v2 cannot be used: …"
        record Unusable(String why) implements Found {}
    }

    /// Looks for one, and takes it into use.
    public static Found find() {
        try {
            if (!"cgroup2".equals(Files.getFileStore(MOUNT).type())) {
                return new Found.Unusable(MOUNT + " is no cgroup v2");
            }
            return Files.readAllLines(Path.of("/proc/self/cgroup")).stream()
                    .filter(line -> line.startsWith("0::/"))
                    .findFirst()
                    .map(line -> take(
                            MOUNT.resolve(line.substring("0::/".length())),
                            ProcessHandle.current().pid()))
                    .orElseGet(() -> new Found.Unusable("this process is in no group of it"));
        } catch (IOException e) {
            return new Found.Unusable(String.valueOf(e.getMessage()));
        }
    }

    /// @param group the one that the process is in: the subtree, or already our part of it
    static Found take(Path group, long pid) {
        boolean before = group.endsWith(OURS);
        Path subtree = before ? group.resolveSibling(".").normalize() : group;
        try {
            Set<String> offered = words(subtree.resolve("cgroup.controllers"));
            Optional<String> missing =
                    NEEDED.stream().filter(each -> !offered.contains(each)).findFirst();
            if (missing.isPresent()) {
                return new Found.Unusable("its controller '" + missing.get() + "' is not given to " + subtree);
            }
            if (!Files.isWritable(subtree.resolve("cgroup.subtree_control"))) {
                return new Found.Unusable(subtree + " is not ours to divide");
            }
            return divide(subtree, group, pid, offered);
        } catch (IOException e) {
            return new Found.Unusable(String.valueOf(e.getMessage()));
        }
    }

    /// Moves back if the subtree turns out to be shared: then others are in it, and it cannot be divided.
    private static Found divide(Path subtree, Path group, long pid, Set<String> offered) throws IOException {
        Path ours = subtree.resolve(OURS);
        if (!Files.isDirectory(ours)) {
            Files.createDirectory(ours);
        }
        write(ours.resolve("cgroup.procs"), Long.toString(pid));
        try {
            for (String controller : NEEDED) {
                write(subtree.resolve("cgroup.subtree_control"), "+" + controller);
            }
        } catch (IOException e) {
            write(group.resolve("cgroup.procs"), Long.toString(pid));
            return new Found.Unusable("other processes share " + subtree + ": " + e.getMessage());
        }
        if (offered.contains(WELCOME)) {
            write(subtree.resolve("cgroup.subtree_control"), "+" + WELCOME);
        }
        return new Found.Usable(new ControlGroups(subtree));
    }

    /// Makes the group of that name if it is not there, and holds it to these limits from now on.
    ///
    /// @param processes threads included
    /// @return the words that, put before a command, start it in the group; they need our rights
    public List<String> prefix(String name, long memoryBytes, int processes) throws IOException {
        Path group = subtree.resolve(name);
        if (!Files.isDirectory(group)) {
            Files.createDirectory(group);
        }
        write(group.resolve("memory.max"), Long.toString(memoryBytes));
        // one process of it is ended then, not all
        write(group.resolve("memory.oom.group"), "0");
        Path swap = group.resolve("memory.swap.max");
        if (Files.exists(swap)) {
            write(swap, "0");
        }
        write(group.resolve("pids.max"), Integer.toString(processes));
        return List.of(
                "/bin/sh",
                "-c",
                "echo \"$$\" >\"$0\" && exec \"$@\"",
                group.resolve("cgroup.procs").toString());
    }

    /// Removes the group of that name; false if something still runs in it.
    public boolean remove(String name) {
        Path group = subtree.resolve(name);
        try {
            if (Files.isDirectory(group)) {
                Files.delete(group);
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static Set<String> words(Path file) throws IOException {
        return Set.copyOf(Arrays.asList(Files.readString(file).strip().split("\\s+", -1)));
    }

    /// One write(2), as the kernel wants it, into a file that is there.
    private static void write(Path file, String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.WRITE);
    }
}
