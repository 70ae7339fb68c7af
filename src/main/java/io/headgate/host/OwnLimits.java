package io.headgate.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// The hard limits of this process: a child cannot be promised more than them.
public enum OwnLimits {
    PROCESSES("Max processes"),
    DATA("Max data size"),
    ADDRESS_SPACE("Max address space");

    private final String name;

    OwnLimits(String name) {
        this.name = name;
    }

    /// What is wanted, or the hard limit if that is lower.
    public long atMost(long wanted) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/limits"))) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.substring(name.length()).strip().split("\\s+", -1)[1])
                    .filter(hard -> !hard.equals("unlimited"))
                    .mapToLong(Long::parseLong)
                    .reduce(wanted, Math::min);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read /proc/self/limits", e);
        }
    }
}
