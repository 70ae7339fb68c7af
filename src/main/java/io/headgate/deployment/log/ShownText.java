package io.headgate.deployment.log;

import java.util.regex.Pattern;

/// A line that a stranger wrote, without what would hide or reorder text where it is shown: colours of terminals,
/// control
/// and format characters.
final class ShownText {
    private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;?]*[ -/]*[@-~]");
    private static final int PLAIN_START = ' ';
    private static final int PLAIN_END = '~';

    private ShownText() {}

    static String of(String line) {
        return line.chars().allMatch(c -> c >= PLAIN_START && c <= PLAIN_END) ? line : cleaned(line);
    }

    private static String cleaned(String line) {
        return COLOUR.matcher(line)
                .replaceAll("")
                .codePoints()
                .map(c -> Character.isISOControl(c) && c != '\t' ? ' ' : c)
                .filter(c -> Character.getType(c) != Character.FORMAT && Character.getType(c) != Character.SURROGATE)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
