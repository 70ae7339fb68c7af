package io.headgate.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RuntimeReleaseTest {
    @Test
    void isFoundByItsVersionOrByAnotherBuildOfTheSameAirflow() {
        assertThat(RuntimeRelease.closestTo("3.3-1")).contains(RuntimeRelease.newest());
        assertThat(RuntimeRelease.closestTo("3.3-12")).contains(RuntimeRelease.newest());
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.1-2", "3.3.2", "3.3", "3.3-", "3.3-1-hg1", "12.5.0", "", "-1"})
    void isNotGuessedBeyondThat(String version) {
        assertThat(RuntimeRelease.closestTo(version)).isEmpty();
    }
}
