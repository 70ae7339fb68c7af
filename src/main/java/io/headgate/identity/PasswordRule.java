package io.headgate.identity;

import com.nulabinc.zxcvbn.Strength;
import com.nulabinc.zxcvbn.Zxcvbn;
import io.headgate.kernel.SecretText;
import java.util.List;
import java.util.Optional;

/// What a password must be: long, and not easily guessed. There are no rules about kinds of characters, because those
/// make passwords predictable (NIST SP 800-63B §3.1.1.2).
public final class PasswordRule {
    /// In characters.
    public static final int LENGTH_MIN = 15;

    /// In characters; what is longer would only burn our processor.
    public static final int LENGTH_MAX = 256;

    private static final int SCORE_MIN = 3;

    /// Measuring takes longer than linear time; what comes later only makes it stronger.
    private static final int MEASURED_MAX = 72;

    private final Zxcvbn zxcvbn = new Zxcvbn();

    /// What is wrong with a password, a sentence that follows its name; empty if nothing is.
    ///
    /// @param known what an attacker would try first: e-mail, name, the product
    public Optional<String> objection(SecretText password, List<String> known) {
        String text = password.reveal();
        int length = text.codePointCount(0, text.length());
        if (length < LENGTH_MIN || length > LENGTH_MAX) {
            return Optional.of("must have " + LENGTH_MIN + "–" + LENGTH_MAX + " characters, given " + length);
        }
        Strength strength = zxcvbn.measure(text.substring(0, Math.min(text.length(), MEASURED_MAX)), known);
        return strength.getScore() >= SCORE_MIN ? Optional.empty() : Optional.of(tooEasy(strength));
    }

    private static String tooEasy(Strength strength) {
        String warning = strength.getFeedback().getWarning();
        String why = warning == null || warning.isEmpty() ? "" : ": " + warning;
        return "is too easy to guess" + why + (why.endsWith(".") ? "" : ".")
                + " A few unrelated words make a good one.";
    }
}
