package io.headgate.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.testing.TestAirflow;
import io.headgate.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ProcessAllocationsTest {
    private final TestDatabase database = TestDatabase.create();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void eachDeploymentGetsAUserAndAPortOfItsOwnAndKeepsThem() {
        ProcessAllocation first = asRoot(3).of(TestAirflow.id(1));
        ProcessAllocation second = asRoot(3).of(TestAirflow.id(2));

        assertThat(first.uid()).hasValue(58_000);
        assertThat(second.uid()).hasValue(58_001);
        assertThat(first.port()).isNotEqualTo(second.port());
        assertThat(asRoot(3).of(TestAirflow.id(1))).isEqualTo(first);
    }

    @Test
    void aTakenPortIsReplacedAndTheUserStays() {
        ProcessAllocation before = asRoot(3).of(TestAirflow.id(1));

        ProcessAllocation after = asRoot(3).changePort(TestAirflow.id(1), before);

        assertThat(after.uid()).isEqualTo(before.uid());
        assertThat(after.port()).isNotEqualTo(before.port());
        assertThat(asRoot(3).of(TestAirflow.id(1))).isEqualTo(after);
    }

    @Test
    void theUserOfARetiredDeploymentIsNotGivenAway() {
        asRoot(2).of(TestAirflow.id(1));
        asRoot(2).retire(TestAirflow.id(1));

        assertThat(asRoot(2).of(TestAirflow.id(2)).uid()).hasValue(58_001);
        assertThatThrownBy(() -> asRoot(2).of(TestAirflow.id(3)))
                .isInstanceOf(RuntimeTrouble.class)
                .hasMessage("all 2 user ids for Deployments are taken; raise runtime.process.uid-count");
        assertThat(asRoot(2).of(TestAirflow.id(1)).uid())
                .as("it gets its own back")
                .hasValue(58_000);
    }

    @Test
    void withoutRootASecondDeploymentNeedsConsent() {
        assertThat(notRoot(false).of(TestAirflow.id(1)).uid()).isEqualTo(OptionalInt.empty());

        assertThatThrownBy(() -> notRoot(false).of(TestAirflow.id(2)))
                .isInstanceOf(RuntimeTrouble.class)
                .hasMessageContaining("--allow-shared-user");
        assertThat(notRoot(true).of(TestAirflow.id(2)).uid()).isEmpty();
        assertThat(notRoot(false).of(TestAirflow.id(1)).port())
                .as("consent that is withdrawn stops nothing that is there")
                .isPositive();
    }

    private ProcessAllocations asRoot(int uidCount) {
        return allocations(true, uidCount, false);
    }

    private ProcessAllocations notRoot(boolean sharedUserAllowed) {
        return allocations(false, 1, sharedUserAllowed);
    }

    private ProcessAllocations allocations(boolean root, int uidCount, boolean sharedUserAllowed) {
        ProcessRuntimeSettings settings = new ProcessRuntimeSettings(
                Path.of("/data"),
                Path.of("/cache"),
                Optional.empty(),
                root,
                58_000,
                uidCount,
                sharedUserAllowed,
                Duration.ZERO,
                Duration.ZERO,
                RunningLimits.standard(),
                Map.of(),
                Optional.empty());
        return new ProcessAllocations(new ProcessAllocationStore(database.database()), settings, Clock.systemUTC());
    }
}
