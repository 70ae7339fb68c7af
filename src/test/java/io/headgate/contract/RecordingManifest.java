package io.headgate.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// Every recorded command, and what becomes of it.
record RecordingManifest(List<Entry> entries) {
    private static final Path FILE = Recording.FOLDER.resolve("manifest.tsv");

    /// How a recording is played back.
    enum Way {
        /// Its requests, one by one.
        REPLAYED,

        /// With an archive of ours.
        PUSHED,

        /// Not at all, for a reason.
        SKIPPED
    }

    /// @param reason why it is skipped; empty if it is not
    record Entry(String name, Way way, String reason) {}

    static RecordingManifest read() {
        try {
            return new RecordingManifest(Files.readAllLines(FILE).stream()
                    .map(line -> line.split("\t", -1))
                    .map(parts -> new Entry(
                            parts[0], Way.valueOf(parts[1].toUpperCase(Locale.ROOT)), parts.length > 2 ? parts[2] : ""))
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
