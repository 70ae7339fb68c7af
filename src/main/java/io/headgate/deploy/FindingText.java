package io.headgate.deploy;

import java.util.List;
import java.util.stream.Collectors;

/// Puts findings into sentences: the place first, because that is what somebody has to open.
final class FindingText {
    private static final int SHOWN_MAX = 5;

    private FindingText() {}

    static String of(Findings.Finding finding) {
        String line = finding.line().isPresent() ? " line " + finding.line().getAsInt() : "";
        return finding.file().isEmpty() ? finding.message() : finding.file() + line + ": " + finding.message();
    }

    /// The first few, and how many more there are.
    static String of(List<Findings.Finding> findings) {
        String shown = findings.stream().limit(SHOWN_MAX).map(FindingText::of).collect(Collectors.joining("; "));
        int more = findings.size() - SHOWN_MAX;
        return more > 0 ? shown + "; and " + more + " more" : shown;
    }

    /// Which files' DAGs Airflow will not show.
    static String files(List<Findings.Finding> findings) {
        return findings.stream()
                .map(Findings.Finding::file)
                .filter(file -> !file.isEmpty())
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }
}
