package io.headgate.runtime.process;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What people write into `requirements.txt`: packages by name and version from the index, and nothing that reaches
/// outside it. Options, addresses, paths and editable installs would let it read files of this host, or take packages
/// from where nobody looks.
record RequirementsText(String text) {
    static final int BYTES_MAX = 64 * 1024;
    static final int LINES_MAX = 500;

    private static final int SHOWN_MAX = 100;
    private static final Pattern COMMENT = Pattern.compile("(^|\\s)#.*$");

    /// A name, extras, versions and a marker of PEP 508. No `@`, `:`, `/`, `\`, `$`, so neither address nor path.
    private static final Pattern REQUIREMENT = Pattern.compile(
            "[A-Za-z0-9][A-Za-z0-9._-]*+\\s*+(\\[[A-Za-z0-9._,\\s-]*+])?+[A-Za-z0-9._<>=!~*+,()'\";\\s-]*+");

    /// A name with one of these endings would be taken for a file.
    private static final List<String> ARCHIVES =
            List.of(".whl", ".zip", ".gz", ".tgz", ".bz2", ".xz", ".tar", ".egg", ".zst", ".lzma", ".txt", ".toml");

    /// Why it is not accepted, in a sentence that names the line; empty if it is.
    Optional<String> refusal() {
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > BYTES_MAX) {
            return Optional.of("requirements.txt is " + bytes + " bytes long; up to " + BYTES_MAX + " are allowed");
        }
        List<String> lines = text.lines().toList();
        if (lines.size() > LINES_MAX) {
            return Optional.of("requirements.txt has " + lines.size() + " lines; up to " + LINES_MAX + " are allowed");
        }
        for (int i = 0; i < lines.size(); i++) {
            String line = withoutComment(lines.get(i));
            if (!line.isEmpty() && !allowed(line)) {
                return Optional.of("line " + (i + 1) + ": '" + shown(line)
                        + "' is not allowed in requirements.txt; only packages by name and version are, for example"
                        + " requests==2.32.3, no options, URLs, paths or editable installs");
            }
        }
        return Optional.empty();
    }

    /// Whether it asks for no package at all.
    boolean asksForNothing() {
        return text.lines().map(RequirementsText::withoutComment).allMatch(String::isEmpty);
    }

    /// The same requirements as the installer is to read them: no comment, nothing that joins lines.
    String plain() {
        return text.lines()
                .map(RequirementsText::withoutComment)
                .map(line -> line.replaceAll("\\s+", " ") + "\n")
                .collect(Collectors.joining());
    }

    private static boolean allowed(String line) {
        if (!REQUIREMENT.matcher(line).matches()) {
            return false;
        }
        // what comes before the version or the marker
        String name = line.split("[\\s\\[<>=!~;(]", 2)[0].toLowerCase(Locale.ROOT);
        return ARCHIVES.stream().noneMatch(name::endsWith);
    }

    private static String withoutComment(String line) {
        return COMMENT.matcher(line).replaceFirst("").strip();
    }

    /// An address may hold a password.
    private static String shown(String line) {
        String printable = line.replaceAll("\\p{Cntrl}", " ").replaceAll("(?<=://)[^\\s/@]+@", "***@");
        return printable.length() > SHOWN_MAX ? printable.substring(0, SHOWN_MAX) + "…" : printable;
    }
}
