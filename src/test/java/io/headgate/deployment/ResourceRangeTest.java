package io.headgate.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ResourceRangeTest {
    @ParameterizedTest
    @ValueSource(strings = {"0.25", "250m", "1", "16", "15.999"})
    void takesAmountsOfCpu(String text) {
        assertThat(ResourceRange.TASK_CPU.contains(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.249", "249m", "16.001", "", "1Gi", "-1", "1e1", " 1", "0.2500"})
    void refusesOthersAndOtherTexts(String text) {
        assertThat(ResourceRange.TASK_CPU.contains(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.5Gi", "512Mi", "64Gi"})
    void takesAmountsOfMemory(String text) {
        assertThat(ResourceRange.TASK_MEMORY.contains(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"511Mi", "65Gi", "1G", "1", "1gi"})
    void refusesOtherAmountsOfMemory(String text) {
        assertThat(ResourceRange.TASK_MEMORY.contains(text)).isFalse();
    }
}
