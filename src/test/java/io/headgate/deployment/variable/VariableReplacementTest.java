package io.headgate.deployment.variable;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.kernel.Problem;
import io.headgate.kernel.SecretText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// V2–V8, V12: what a list of variables may say, and what it makes of those that are there.
final class VariableReplacementTest {
    private static final Instant BEFORE = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant NOW = Instant.parse("2026-02-02T00:00:00Z");

    private final List<Problem.FieldError> errors = new ArrayList<>();
    private final EnvironmentVariable open = new EnvironmentVariable("OPEN", new SecretText("one"), false, BEFORE);
    private final EnvironmentVariable secret = new EnvironmentVariable("SECRET", new SecretText("two"), true, BEFORE);
    private final VariableReplacement replacement =
            new VariableReplacement(List.of(open, secret), ReservedVariables.and(List.of("OURS")), NOW, errors);

    @Test
    void whatIsNotInTheListIsGoneAndWhatIsNewIsThere() {
        assertThat(replacement.by(List.of(wanted("OPEN", "one", false), wanted("A", "x = y", false))))
                .extracting(EnvironmentVariable::key)
                .containsExactly("A", "OPEN");
        assertThat(errors).isEmpty();
    }

    @Test
    void onlyWhatChangesGetsANewTime() {
        List<EnvironmentVariable> next =
                replacement.by(List.of(wanted("OPEN", "one", false), wanted("SECRET", "three", true)));

        assertThat(next.get(0)).isSameAs(open);
        assertThat(next.get(1).updatedAt()).isEqualTo(NOW);
        assertThat(next.get(1).value().reveal()).isEqualTo("three");
    }

    /// V7.
    @ParameterizedTest
    @ValueSource(strings = {"", " ", "absent"})
    void aSecretWithoutAValueKeepsTheOneItHas(String value) {
        WantedVariable wanted = new WantedVariable(
                "SECRET",
                Optional.of(value).filter(text -> !text.equals("absent")).map(SecretText::new),
                true);

        assertThat(replacement.by(List.of(wanted))).containsExactly(secret);
        assertThat(errors).isEmpty();
    }

    /// V6.
    @Test
    void whatIsOpenMayBecomeASecretAndNeverTheOtherWayRound() {
        assertThat(replacement.by(List.of(wanted("OPEN", "one", true)))).allMatch(EnvironmentVariable::secret);
        assertThat(errors).isEmpty();

        replacement.by(List.of(wanted("SECRET", "two", false)));
        assertThat(errors).extracting(Problem.FieldError::field).containsExactly("environmentVariables[0].isSecret");
        assertThat(errors.getFirst().message()).contains("SECRET").doesNotContain("two");
    }

    /// V4.
    @Test
    void whiteSpaceAtTheEndOfAValueIsCutOffAndNowhereElse() {
        assertThat(replacement
                        .by(List.of(wanted("A", "  a b \t\n", false)))
                        .getFirst()
                        .value()
                        .reveal())
                .isEqualTo("  a b");
    }

    /// V2, V3, V12: the message names place and key.
    @ParameterizedTest
    @CsvSource({
        "NEW, '', true, value, NEW",
        "OPEN, '', false, value, OPEN",
        "1A, x, false, key, '1A'",
        "A-B, x, false, key, A-B",
        "'', x, false, key, letters",
        "PATH, x, false, key, reserved",
        "OURS, x, false, key, this installation reserves it",
        "A, 'a\0b', false, value, NUL",
        "A, 'a\uD800b', false, value, Unicode",
    })
    void whatIsWrongIsNamedByPlaceAndKey(String key, String value, boolean hidden, String member, String words) {
        replacement.by(List.of(wanted("FINE", "fine", false), wanted(key, value, hidden)));

        assertThat(errors).hasSize(1);
        assertThat(errors.getFirst().field()).isEqualTo("environmentVariables[1]." + member);
        assertThat(errors.getFirst().message()).contains(words);
    }

    @Test
    void aKeyAppearsOnce() {
        replacement.by(List.of(wanted("A", "1", false), wanted("A", "2", false)));

        assertThat(errors).extracting(Problem.FieldError::field).containsExactly("environmentVariables[1].key");
    }

    /// V3: the last that fits and the first that does not.
    @Test
    void valuesAreBoundedEachAndAllTogether() {
        String most = "é".repeat(WantedVariable.VALUE_MAX / 2);
        replacement.by(List.of(wanted("A", most, false)));
        assertThat(errors).isEmpty();

        replacement.by(List.of(wanted("A", most + "x", false)));
        assertThat(errors)
                .extracting(Problem.FieldError::message)
                .singleElement()
                .asString()
                .contains("at most 32768 bytes, given 32769 for 'A'");

        errors.clear();
        replacement.by(IntStream.range(0, 32)
                .mapToObj(i -> wanted("A" + i, most, false))
                .toList());
        assertThat(errors).extracting(Problem.FieldError::field).containsExactly("environmentVariables");
    }

    private static WantedVariable wanted(String key, String value, boolean hidden) {
        return new WantedVariable(key, Optional.of(new SecretText(value)), hidden);
    }
}
