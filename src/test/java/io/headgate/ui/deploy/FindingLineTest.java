package io.headgate.ui.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.deploy.Findings;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class FindingLineTest {
    @Test
    void aPlaceIsWhatEditorsTake() {
        assertThat(line("dags/a.py", OptionalInt.of(12), "no module named x"))
                .isEqualTo(new FindingLine("dags/a.py:12", "no module named x", ""));
        assertThat(line("dags/a.py", OptionalInt.empty(), "x").place()).isEqualTo("dags/a.py");
        assertThat(line("", OptionalInt.empty(), "x").place()).isEmpty();
    }

    @Test
    void aLongMessageIsFoldedAndNoCharacterIsHalved() {
        String message = "𝛑".repeat(281);

        FindingLine folded = line("a.py", OptionalInt.empty(), message);

        assertThat(folded.start()).isEqualTo("𝛑".repeat(280) + "…");
        assertThat(folded.whole()).isEqualTo(message);
        assertThat(line("a.py", OptionalInt.empty(), "𝛑".repeat(280)).whole()).isEmpty();
    }

    private static FindingLine line(String file, OptionalInt line, String message) {
        return FindingLine.of(List.of(new Findings.Finding(file, line, message)))
                .getFirst();
    }
}
