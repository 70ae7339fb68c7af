package io.headgate.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.deploy.Findings;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// User code may have written it.
final class ValidationResultTest {
    private final ValidationResult reader = new ValidationResult(text -> text.replace("secret", "***"));

    @Test
    void whatOurScriptWritesIsRead() {
        assertThat(reader.parse("""
                {"dagIds":["b","a"],"errors":[{"file":"dags/x.py","line":3,"message":"a secret"}],
                "warnings":[{"file":"","line":null,"message":"w"}]}"""))
                .contains(new Findings(
                        List.of("a", "b"),
                        List.of(new Findings.Finding("dags/x.py", OptionalInt.of(3), "a ***")),
                        List.of(new Findings.Finding("", OptionalInt.empty(), "w"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "{\"dagIds\":[]}",
                "{\"dagIds\":[1],\"errors\":[],\"warnings\":[]}",
                "{\"dagIds\":[\"\"],\"errors\":[],\"warnings\":[]}",
                "{\"dagIds\":[\"a\\u0000\"],\"errors\":[],\"warnings\":[]}",
                "{\"dagIds\":{},\"errors\":[],\"warnings\":[]}",
                "{\"dagIds\":[],\"errors\":[{}],\"warnings\":[]}",
                "{\"dagIds\":[],\"errors\":[{\"file\":1,\"line\":1,\"message\":\"\"}],\"warnings\":[]}"
            })
    void anythingElseIsNoResult(String text) {
        assertThat(reader.parse(text)).isEmpty();
    }

    @Test
    void placesOutsideTheArchiveAndUnprintableWordsAreTakenOut() {
        assertThat(ValidationResult.path("dags/a.py")).as("control").isEqualTo("dags/a.py");
        assertThat(List.of("/etc/passwd", "../x", "a/../b", "a//b", "./a", "a\nb"))
                .allSatisfy(path -> assertThat(ValidationResult.path(path)).isEmpty());
        assertThat(reader.shown("a\u001b[31m\nb\u202e")).isEqualTo("a [31m b");
        assertThat(reader.shown("x".repeat(5000))).hasSize(2000).endsWith("…");
    }

    @Test
    void tooManyDagsAreNoResult() {
        String ids = "\"a\",".repeat(10_000);
        assertThat(reader.parse("{\"dagIds\":[" + ids + "\"b\"],\"errors\":[],\"warnings\":[]}"))
                .isEmpty();
        assertThat(reader.parse(
                        "{\"dagIds\":[" + ids.substring(0, ids.length() - 1) + "],\"errors\":[],\"warnings\":[]}"))
                .as("control")
                .isPresent();
    }
}
