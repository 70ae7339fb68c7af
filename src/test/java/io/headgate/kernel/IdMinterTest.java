package io.headgate.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.testing.TestingClock;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class IdMinterTest {
    private final TestingClock clock = new TestingClock(Instant.parse("2026-01-02T03:04:05Z"));
    private final IdMinter ids = new IdMinter(clock, new SecureRandom());

    @Test
    void idsRiseAsStringsAcrossKindsAndWhenTheClockJumpsBack() {
        List<String> minted = new ArrayList<>();
        for (int i = 0; i < 50_000; i++) {
            minted.add(i % 2 == 0 ? ids.deployment().value() : ids.apiToken().value());
            if (i % 1000 == 0) {
                clock.advance(i % 3000 == 0 ? Duration.ofHours(-1) : Duration.ofMillis(1));
            }
        }
        assertThat(minted).isSorted().doesNotHaveDuplicates().allMatch(Id::isWellFormed);
    }

    @Test
    void aMalformedIdIsRefusedAndAWellFormedOneIsNot() {
        assertThat(new DeploymentId("c" + "0".repeat(24)).value()).hasSize(Id.LENGTH);
        for (String wrong :
                List.of("", "c", "d" + "0".repeat(24), "C" + "0".repeat(24), "c" + "0".repeat(25), "c'; --")) {
            assertThatThrownBy(() -> new DeploymentId(wrong)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
