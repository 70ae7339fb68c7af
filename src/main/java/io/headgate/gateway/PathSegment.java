package io.headgate.gateway;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// One part of a path between two slashes, percent-decoded exactly once.
sealed interface PathSegment {

    /// Its text, and whether that holds a slash or backslash that was escaped.
    record Decoded(String text, boolean holdsSeparator) implements PathSegment {}

    /// It means different things to different readers.
    record Undecodable(String reason) implements PathSegment {}

    static PathSegment decode(String raw) {
        if (raw.indexOf('%') < 0) {
            return raw.equals(".") || raw.equals("..") ? dotSegment() : new Decoded(raw, false);
        }
        byte[] bytes = new byte[raw.length()];
        int length = 0;
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c != '%') {
                bytes[length++] = (byte) c;
                continue;
            }
            int high = digit(raw, i + 1);
            int low = digit(raw, i + 2);
            if (high < 0 || low < 0) {
                return new Undecodable("a malformed percent escape in the path");
            }
            bytes[length++] = (byte) (high << 4 | low);
            i += 2;
        }
        return examine(bytes, length);
    }

    private static PathSegment examine(byte[] bytes, int length) {
        String text;
        try {
            // Strict: an overlong form such as %C0%AF must not turn into a slash in somebody's decoder.
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            return new Undecodable("a percent escape in the path that is not UTF-8");
        }
        if (text.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            return new Undecodable("an escaped control character in the path");
        }
        for (String piece : text.split("[/\\\\]", -1)) {
            if (piece.equals(".") || piece.equals("..")) {
                return dotSegment();
            }
        }
        return new Decoded(text, text.indexOf('/') >= 0 || text.indexOf('\\') >= 0);
    }

    private static Undecodable dotSegment() {
        return new Undecodable("a dot segment in the path");
    }

    private static int digit(String text, int at) {
        if (at >= text.length()) {
            return -1;
        }
        char c = text.charAt(at);
        return c < 0x80 ? Character.digit(c, 16) : -1;
    }
}
