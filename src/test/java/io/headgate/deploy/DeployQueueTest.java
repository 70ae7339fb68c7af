package io.headgate.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.deployment.BundleVersion;
import io.headgate.deployment.Deployment;
import io.headgate.deployment.DeploymentStatus;
import io.headgate.kernel.DeployId;
import io.headgate.launch.ControlPlane;
import io.headgate.testing.Eventually;
import io.headgate.testing.Tars;
import io.headgate.testing.TestControlPlane;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Finalized deploys on a real database, with a code host that judges by words and a runtime that obeys.
final class DeployQueueTest {
    private final TestDeploys deploys = new TestDeploys();
    private final TestControlPlane test = deploys.controlled();
    private final Deployment place = deploys.place();

    @AfterEach
    void close() {
        deploys.close();
    }

    /// D17, AC9: three at once, one bad: order kept, none lost, the last good one wins.
    @Test
    void areProcessedInOrderAndNoneIsLost() throws Exception {
        List<DeployId> ids = List.of(deploys.pushed("first"), deploys.pushed("broken"), deploys.pushed("third"));
        test.codeHost().hold();
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Deploy>> answers = new ArrayList<>();
            for (DeployId id : ids) {
                answers.add(pool.submit(() -> deploys.finished(id)));
                Eventually.holds("is in the queue", () -> deploys.state(id) != DeployState.CREATED);
            }
            assertThat(deploys.state(ids.get(2))).isEqualTo(DeployState.QUEUED);
            test.codeHost().letAllGo();

            assertThat(answers.get(0).get().state()).isIn(DeployState.ACTIVATING, DeployState.DEPLOYED);
            assertThatThrownBy(answers.get(1)::get).hasMessageContaining("dags/daily.py line 3: invalid syntax");
            assertThat(answers.get(2).get().state()).isIn(DeployState.ACTIVATING, DeployState.DEPLOYED);
        }
        deploys.awaitState(ids.get(2), DeployState.DEPLOYED);
        assertThat(ids.stream().map(deploys::state))
                .containsExactly(DeployState.DEPLOYED, DeployState.FAILED, DeployState.DEPLOYED);
        assertThat(deploys.now().liveBundle())
                .isEqualTo(deploys.view(ids.get(2)).version());
        assertThat(deploys.now().desiredBundle()).isEqualTo(deploys.now().liveBundle());
    }

    /// AC9: simultaneously, in whatever order they arrive; the versions differ although the clock stands still.
    @Test
    void finalizedAtOnceAllBecomeDeployed() throws Exception {
        List<DeployId> ids =
                IntStream.range(0, 3).mapToObj(i -> deploys.pushed("n" + i)).toList();
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Deploy>> answers = ids.stream()
                    .map(id -> pool.submit(() -> deploys.finished(id)))
                    .toList();
            for (Future<Deploy> answer : answers) {
                assertThat(answer.get().state()).isNotEqualTo(DeployState.FAILED);
            }
        }
        for (DeployId id : ids) {
            deploys.awaitState(id, DeployState.DEPLOYED);
        }
        assertThat(ids.stream().map(id -> deploys.view(id).version()).distinct())
                .hasSize(3);
    }

    /// A restart goes on from the rows, from the middle of a validation too.
    @Test
    void goOnAfterARestart() throws Exception {
        DeployId first = deploys.pushed("first");
        DeployId second = deploys.pushed("second");
        test.codeHost().hold();
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Deploy> validated = pool.submit(() -> deploys.finished(first));
            Eventually.holds("is validated", () -> deploys.state(first) == DeployState.VALIDATING);
            Future<Deploy> queued = pool.submit(() -> deploys.finished(second));
            Eventually.holds("is in the queue", () -> deploys.state(second) == DeployState.QUEUED);
            test.controlPlane().deployQueue().close();
            test.codeHost().letAllGo();
            assertThat(deploys.state(first)).isEqualTo(DeployState.VALIDATING);

            ControlPlane restarted = test.restarted();
            TestDeploys.serveEverything(restarted);
            restarted.deployQueue().start();
            deploys.awaitState(first, DeployState.DEPLOYED);
            deploys.awaitState(second, DeployState.DEPLOYED);
            restarted.deployQueue().close();
            assertThat(validated.get().id()).isEqualTo(first);
            assertThat(queued.get().id()).isEqualTo(second);
        }
    }

    /// What Airflow does not serve in time holds up nobody, and has failed once a newer one is live.
    @Test
    void oneThatDoesNotGoLiveLetsTheNextGoOn() throws Exception {
        test.runtime().resist(place.id());
        DeployId stuck = deploys.deployed("stuck");
        assertThat(deploys.state(stuck)).isEqualTo(DeployState.ACTIVATING);
        Eventually.holds(
                "it says that Airflow does not serve it",
                () -> deploys.view(stuck).statusReason().contains("Airflow does not serve it after 1 s"));
        assertThat(deploys.now().liveBundle()).isEmpty();
        assertThat(deploys.now().desiredBundle()).isEqualTo(deploys.view(stuck).version());
        assertThat(deploys.now().status()).isEqualTo(DeploymentStatus.DEPLOYING);

        DeployId next = deploys.deployed("next");
        assertThat(deploys.state(next)).isEqualTo(DeployState.ACTIVATING);
        test.runtime().relent(place.id());

        deploys.awaitState(next, DeployState.DEPLOYED);
        assertThat(deploys.view(stuck).state()).isEqualTo(DeployState.FAILED);
        assertThat(deploys.view(stuck).statusReason()).contains("newer deploy");
        assertThat(deploys.now().status()).isEqualTo(DeploymentStatus.HEALTHY);
    }

    @Test
    void aFaultOfOursIsTriedAgainAndThenTold() throws Exception {
        test.codeHost().failNext(2);
        deploys.awaitState(deploys.deployed("late"), DeployState.DEPLOYED);
        Optional<BundleVersion> live = deploys.now().liveBundle();

        test.codeHost().failNext(3);
        DeployId failed = deploys.pushed("never");
        assertThatThrownBy(() -> deploys.finished(failed)).hasMessageContaining("fault of the control plane");
        assertThat(deploys.now().liveBundle()).isEqualTo(live);
    }

    @Test
    void forcedOnesSayWhatGoesOffLine() throws Exception {
        DeployId id = deploys.created();
        deploys.upload(
                id,
                new Tars()
                        .file("dags/good.py", "")
                        .file("dags/bad.py", "broken")
                        .gzip());

        Deploy forced = deploys.finished(id, true);

        assertThat(forced.statusReason()).contains("off line are the DAGs of: dags/bad.py");
        deploys.awaitState(id, DeployState.DEPLOYED);
        assertThat(deploys.view(id).statusReason()).contains("dags/bad.py");
        assertThat(deploys.view(id).code().orElseThrow().dagIds()).containsExactly("good");
    }

    /// Item 26: nothing goes on in a Deployment that is gone, and its URL takes nothing more.
    @Test
    void endWithTheirDeployment() throws Exception {
        DeployId open = deploys.created();
        URI url = test.controlPlane().uploads().urlFor(open);
        deploys.put(url, Tars.project("before"));
        DeployId queued = deploys.pushed("queued");
        test.codeHost().hold();
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Deploy> answer = pool.submit(() -> deploys.finished(queued));
            Eventually.holds("is validated", () -> deploys.state(queued) == DeployState.VALIDATING);
            test.controlPlane().deployments().delete(test.owner(), test.organizationId(), place.id());
            test.codeHost().letAllGo();
            assertThatThrownBy(answer::get).hasMessageContaining("Deployment not found");
        }
        assertThat(deploys.state(open)).isEqualTo(DeployState.FAILED);
        assertThat(deploys.state(queued)).isEqualTo(DeployState.FAILED);
        assertThatThrownBy(() -> deploys.put(url, Tars.project("after")))
                .hasMessageContaining("does not exist any more");
    }
}
