package io.headgate.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RequirementsTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "requests",
                "requests==2.32.3",
                "  apache-airflow-providers-http >= 5, <6  # why",
                "uvicorn[standard,extra-1]~=0.30",
                "pandas (>=2) ; python_version < '3.14' and sys_platform == \"linux\"",
                "torch==2.4.0+cpu",
                "# -r other.txt",
                ""
            })
    void packagesByNameAndVersionAreAccepted(String line) {
        assertThat(new RequirementsText(line).refusal()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-r other.txt",
                "-c constraints.txt",
                "--index-url https://example.org/simple",
                "--find-links /tmp",
                "-e .",
                "./package",
                "/etc/passwd",
                "package.whl",
                "package-1.0.tar.gz",
                "name.zip ; python_version > '3'",
                "file:///etc/passwd",
                "git+https://example.org/x.git",
                "https://example.org/x.whl",
                "name @ https://example.org/x.whl",
                "name@file:///x",
                "name==${HOME}",
                "requests==2.32.3 --hash=sha256:00",
                "requests \\\n-r other.txt",
                "c:x",
                "pa\u0000ckage",
                "pаckage"
            })
    void whatReachesOutsideTheIndexIsRefusedWithItsLine(String line) {
        assertThat(new RequirementsText("good\n\n" + line).refusal())
                .hasValueSatisfying(
                        words -> assertThat(words).startsWith("line 3: ").contains("is not allowed"));
        assertThat(new RequirementsText("good\n\n").refusal()).as("control").isEmpty();
    }

    @Test
    void sizeAndLinesHaveLimitsThatAreSaid() {
        assertThat(new RequirementsText("a\n".repeat(500)).refusal()).isEmpty();
        assertThat(new RequirementsText("a\n".repeat(501)).refusal())
                .contains("requirements.txt has 501 lines; up to 500 are allowed");
        assertThat(new RequirementsText("#" + "a".repeat(65_535)).refusal()).isEmpty();
        assertThat(new RequirementsText("#" + "a".repeat(65_536)).refusal())
                .contains("requirements.txt is 65537 bytes long; up to 65536 are allowed");
        assertThat(new RequirementsText("a".repeat(60_000) + "\u0007").refusal())
                .as("in linear time")
                .isPresent();
    }

    @Test
    void aPasswordInARefusedAddressIsNotRepeated() {
        assertThat(new RequirementsText("x @ https://ada:lovelace@example.org/x.whl").refusal())
                .hasValueSatisfying(
                        words -> assertThat(words).contains("***@example.org").doesNotContain("lovelace"));
    }

    @Test
    void theInstallerReadsOnlyWhatWasLookedAt() {
        assertThat(new RequirementsText("a == 1\t# x \\\n  b\r\n# c\n").plain()).isEqualTo("a == 1\nb\n\n");
        assertThat(new RequirementsText("# a\n\n").asksForNothing()).isTrue();
        assertThat(new RequirementsText("# a\nb\n").asksForNothing()).isFalse();
    }
}
