package io.headgate.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.alert.DagPattern.Operator;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A6: which DAGs a pattern matches.
final class DagPatternTest {
    @ParameterizedTest
    @CsvSource({
        "IS, daily, true, false",
        "IS_NOT, daily, false, true",
        "INCLUDES, ail, true, false",
        "EXCLUDES, ail, false, true",
        "IS, DAILY, false, false",
        "IS, *, true, true",
        "INCLUDES, *, true, true",
        "EXCLUDES, *, false, false",
    })
    void matchesByOperator(Operator operator, String value, boolean daily, boolean other) {
        DagPattern pattern = new DagPattern(operator, List.of("no-such", value));

        assertThat(pattern.matches("daily")).isEqualTo(daily);
        assertThat(pattern.matches("other")).isEqualTo(other);
    }
}
