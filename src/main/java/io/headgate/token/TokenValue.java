package io.headgate.token;

import io.headgate.kernel.SecretText;
import java.util.regex.Pattern;

/// The value of an API token. It leaves the process exactly twice in its life: in the answer to create and to rotate.
///
/// A compact JWS whose encoded header starts with a fixed, greppable prefix (item 3): `{"typ":"headgate+jwt"` encodes
/// to
/// {@value #PREFIX}.
public final class TokenValue {
    public static final String PREFIX = "eyJ0eXAiOiJoZWFkZ2F0ZStqd3Qi";

    /// The published expression that every token matches as a whole, and that secret scanners may use.
    public static final Pattern EXPRESSION =
            Pattern.compile(PREFIX + "[A-Za-z0-9_-]{1,200}\\.[A-Za-z0-9_-]{1,2000}\\.[A-Za-z0-9_-]{86}");

    /// The longest value that is looked at, in characters; anything longer is refused unread.
    public static final int LENGTH_MAX = 2400;

    private static final int SHORT_LENGTH = 4;

    private final SecretText text;

    TokenValue(String text) {
        this.text = new SecretText(text);
    }

    /// Hands out the value; only the answers to create and rotate may call it.
    public String reveal() {
        return text.reveal();
    }

    /// Whether a text holds a token of ours, or what is left of one: a value that was cut or damaged is as exposed.
    public static boolean isHeldBy(String text) {
        return text.contains(PREFIX);
    }

    /// The last four characters, by which people tell values apart; they say nothing about the other 256 bits.
    public String shortForm() {
        String value = text.reveal();
        return value.substring(value.length() - SHORT_LENGTH);
    }

    @Override
    public String toString() {
        return "***";
    }
}
