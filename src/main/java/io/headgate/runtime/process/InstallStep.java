package io.headgate.runtime.process;

import io.headgate.host.ChildProcess;
import io.headgate.host.RunAs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One command of an installation: run under our own user, its progress told, its failure explained by its last words.
record InstallStep(String what, List<String> command, Map<String, String> environment, Path folder) {
    /// A slow mirror needs minutes for 135 packages; more than this is a hanging connection.
    private static final Duration LIMIT = Duration.ofMinutes(20);

    private static final int LAST_LINES = 8;

    /// What the files it makes are readable by must not depend on who started us.
    private static final List<String> WITH_PLAIN_UMASK = List.of("sh", "-c", "umask 022; exec \"$@\"", "sh");

    InstallStep {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /// Runs to the end and returns what it printed.
    String run(Consumer<String> progress) throws InterruptedException {
        Path output = null;
        try {
            output = Files.createTempFile(folder, "install-", ".log");
            List<String> words = new ArrayList<>(WITH_PLAIN_UMASK);
            words.addAll(command);
            progress.accept(what);
            int exit = new ChildProcess(words, new RunAs.Ourselves(), environment, folder, output)
                    .run(LIMIT, elapsed -> progress.accept(what + " (" + elapsed.toSeconds() + " s so far)"));
            if (exit != 0) {
                throw new RuntimeTrouble(
                        what + " failed with exit code " + exit + ": " + lastWords(output, LAST_LINES));
            }
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run an installation in " + folder, e);
        } finally {
            deleteQuietly(output);
        }
    }

    static String lastWords(Path output, int count) throws IOException {
        try (Stream<String> lines = Files.lines(output)) {
            List<String> all =
                    lines.map(String::strip).filter(line -> !line.isEmpty()).toList();
            return all.stream().skip(Math.max(0, all.size() - count)).collect(Collectors.joining(" | "));
        }
    }

    private static void deleteQuietly(@Nullable Path file) {
        if (file != null) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                // a file too many in a cache harms nobody
            }
        }
    }
}
