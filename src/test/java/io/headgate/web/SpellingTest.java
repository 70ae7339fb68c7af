package io.headgate.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SpellingTest {
    private static final List<String> KNOWN = List.of("description", "name", "scope");

    @Test
    void findsWhatWasMeant() {
        assertThat(Spelling.nearest("descriptoin", KNOWN)).contains("description");
        assertThat(Spelling.nearest("Name", KNOWN)).contains("name");
        assertThat(Spelling.nearest("scop", KNOWN)).contains("scope");
    }

    @Test
    void isSilentRatherThanWrong() {
        assertThat(Spelling.nearest("colour", KNOWN)).isEmpty();
        assertThat(Spelling.nearest("x".repeat(5000), KNOWN)).isEmpty();
    }
}
