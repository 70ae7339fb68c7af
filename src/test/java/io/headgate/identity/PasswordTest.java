package io.headgate.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.kernel.SecretText;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PasswordTest {
    private static final SecretText GOOD = new SecretText("orbit lantern maple seventy");

    private final SecureRandom random = new SecureRandom();
    private final PasswordRule rule = new PasswordRule();

    @Test
    void aHashKnowsItsPasswordAndNoOther() {
        PasswordHash hash = PasswordHash.of(GOOD, random);

        assertThat(hash.matches(GOOD)).isTrue();
        assertThat(hash.matches(new SecretText("orbit lantern maple seventz"))).isFalse();
        assertThat(hash.phc()).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").doesNotContain("orbit");
        assertThat(hash).hasToString("***");
    }

    @Test
    void twoHashesOfOnePasswordDiffer() {
        assertThat(PasswordHash.of(GOOD, random)).isNotEqualTo(PasswordHash.of(GOOD, random));
    }

    /// The reference implementation's own test vector: what other programs hashed is understood.
    @Test
    void aHashMadeElsewhereAtAnotherCostIsUnderstood() {
        PasswordHash elsewhere = new PasswordHash(
                "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4");

        assertThat(elsewhere.matches(new SecretText("password"))).isTrue();
        assertThat(elsewhere.matches(new SecretText("Password"))).isFalse();
    }

    @Test
    void theSameCharactersInAnotherFormAreTheSamePassword() {
        PasswordHash composed = PasswordHash.of(new SecretText("caf\u00e9 au lait of monday"), random);

        assertThat(composed.matches(new SecretText("cafe\u0301 au lait of monday")))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"orbit lantern maple seventy", "zq4-Wp9!rT2x_Lm", "τρεις λέξεις και ένας αριθμός"})
    void longAndHardToGuessIsEnough(String password) {
        assertThat(rule.objection(new SecretText(password), List.of())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Tr0ub4dor&3", "fourteen chars"})
    void aShortOneIsRefusedWithBothNumbers(String password) {
        assertThat(rule.objection(new SecretText(password), List.of()))
                .hasValue("must have 15–256 characters, given " + password.length());
    }

    @ParameterizedTest
    @ValueSource(strings = {"aaaaaaaaaaaaaaaaaaaa", "passwordpassword", "123456789012345678", "qwertyuiopasdfgh"})
    void aLongOneThatIsEasilyGuessedIsRefused(String password) {
        assertThat(rule.objection(new SecretText(password), List.of()))
                .hasValueSatisfying(objection -> assertThat(objection).startsWith("is too easy to guess"));
    }

    @Test
    void whatAnAttackerKnowsOfThePersonDoesNotCount() {
        SecretText own = new SecretText("ada@example.com2026");

        assertThat(rule.objection(own, List.of("ada@example.com"))).isPresent();
        assertThat(rule.objection(own, List.of())).as("control").isEmpty();
    }

    @Test
    void aVeryLongOneIsMeasuredInNoTime() {
        String words = IntStream.range(0, 40)
                .mapToObj(i -> Integer.toString(i * 7919 + 1, 36))
                .collect(Collectors.joining(" "));
        assertThat(rule.objection(new SecretText(words), List.of())).isEmpty();
        assertThat(rule.objection(new SecretText("x".repeat(257)), List.of())).isPresent();
    }
}
