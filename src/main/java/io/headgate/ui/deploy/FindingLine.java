package io.headgate.ui.deploy;

import io.headgate.deploy.Findings;
import java.util.List;

/// One thing that the check of the code found.
///
/// @param place `file:line` as editors take it; empty when it concerns the whole
/// @param start of what was found
/// @param whole the full text when it is too long to be read at a glance; empty otherwise
record FindingLine(String place, String start, String whole) {
    private static final int GLANCE = 280;

    static List<FindingLine> of(List<Findings.Finding> findings) {
        return findings.stream().map(FindingLine::of).toList();
    }

    private static FindingLine of(Findings.Finding finding) {
        String line = finding.line().isPresent() ? ":" + finding.line().getAsInt() : "";
        String message = finding.message();
        boolean fits = message.codePointCount(0, message.length()) <= GLANCE;
        return new FindingLine(
                finding.file().isEmpty() ? "" : finding.file() + line,
                fits
                        ? message
                        : message.substring(0, message.offsetByCodePoints(0, GLANCE))
                                        .strip() + "…",
                fits ? "" : message);
    }
}
