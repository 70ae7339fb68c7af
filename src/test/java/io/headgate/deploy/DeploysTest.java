package io.headgate.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.deployment.BundleVersion;
import io.headgate.deployment.Deployment;
import io.headgate.deployment.DeploymentStatus;
import io.headgate.deployment.DesiredCode;
import io.headgate.deployment.PythonLock;
import io.headgate.kernel.DeployId;
import io.headgate.kernel.PageRequest;
import io.headgate.launch.ControlPlane;
import io.headgate.testing.Eventually;
import io.headgate.testing.Tars;
import io.headgate.testing.TestControlPlane;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The life of deploys on a real database, with a code host that judges by words and a runtime that obeys.
final class DeploysTest {
    private final TestControlPlane test = new TestControlPlane();
    private final Deployment place = test.healthy("place");

    @AfterEach
    void close() {
        test.codeHost().letAllGo();
        test.close();
    }

    /// D17, AC9: three at once, one bad: order kept, none lost, the last good one wins.
    @Test
    void areProcessedInOrderAndNoneIsLost() throws Exception {
        List<DeployId> ids = List.of(pushed("first"), pushed("broken"), pushed("third"));
        test.codeHost().hold();
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Deploy>> answers = new ArrayList<>();
            for (DeployId id : ids) {
                answers.add(pool.submit(() -> finished(id)));
                Eventually.holds("is in the queue", () -> state(id) != DeployState.CREATED);
            }
            assertThat(state(ids.get(2))).isEqualTo(DeployState.QUEUED);
            test.codeHost().letAllGo();

            assertThat(answers.get(0).get().state()).isIn(DeployState.ACTIVATING, DeployState.DEPLOYED);
            assertThatThrownBy(answers.get(1)::get).hasMessageContaining("dags/daily.py line 3: invalid syntax");
            assertThat(answers.get(2).get().state()).isIn(DeployState.ACTIVATING, DeployState.DEPLOYED);
        }
        awaitState(ids.get(2), DeployState.DEPLOYED);
        assertThat(ids.stream().map(this::state))
                .containsExactly(DeployState.DEPLOYED, DeployState.FAILED, DeployState.DEPLOYED);
        assertThat(now().liveBundle()).isEqualTo(view(ids.get(2)).version());
        assertThat(now().desiredBundle()).isEqualTo(now().liveBundle());
    }

    /// AC9: simultaneously, in whatever order they arrive; the versions differ although the clock stands still.
    @Test
    void finalizedAtOnceAllBecomeDeployed() throws Exception {
        List<DeployId> ids =
                IntStream.range(0, 3).mapToObj(i -> pushed("n" + i)).toList();
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Deploy>> answers =
                    ids.stream().map(id -> pool.submit(() -> finished(id))).toList();
            for (Future<Deploy> answer : answers) {
                assertThat(answer.get().state()).isNotEqualTo(DeployState.FAILED);
            }
        }
        for (DeployId id : ids) {
            awaitState(id, DeployState.DEPLOYED);
        }
        assertThat(ids.stream().map(id -> view(id).version()).distinct()).hasSize(3);
    }

    /// A restart goes on from the rows, from the middle of a validation too.
    @Test
    void goOnAfterARestart() throws Exception {
        DeployId first = pushed("first");
        DeployId second = pushed("second");
        test.codeHost().hold();
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Deploy> validated = pool.submit(() -> finished(first));
            Eventually.holds("is validated", () -> state(first) == DeployState.VALIDATING);
            Future<Deploy> queued = pool.submit(() -> finished(second));
            Eventually.holds("is in the queue", () -> state(second) == DeployState.QUEUED);
            test.controlPlane().deployQueue().close();
            test.codeHost().letAllGo();
            assertThat(state(first)).isEqualTo(DeployState.VALIDATING);

            ControlPlane restarted = test.restarted();
            serveEverything(restarted);
            restarted.deployQueue().start();
            awaitState(first, DeployState.DEPLOYED);
            awaitState(second, DeployState.DEPLOYED);
            restarted.deployQueue().close();
            assertThat(validated.get().id()).isEqualTo(first);
            assertThat(queued.get().id()).isEqualTo(second);
        }
    }

    /// What Airflow does not serve in time holds up nobody, and has failed once a newer one is live.
    @Test
    void oneThatDoesNotGoLiveLetsTheNextGoOn() throws Exception {
        test.runtime().resist(place.id());
        DeployId stuck = deployed("stuck");
        assertThat(state(stuck)).isEqualTo(DeployState.ACTIVATING);
        assertThat(now().liveBundle()).isEmpty();
        assertThat(now().desiredBundle()).isEqualTo(view(stuck).version());
        assertThat(now().status()).isEqualTo(DeploymentStatus.DEPLOYING);

        DeployId next = deployed("next");
        assertThat(state(next)).isEqualTo(DeployState.ACTIVATING);
        test.runtime().relent(place.id());

        awaitState(next, DeployState.DEPLOYED);
        assertThat(view(stuck).state()).isEqualTo(DeployState.FAILED);
        assertThat(view(stuck).statusReason()).contains("newer deploy");
        assertThat(now().status()).isEqualTo(DeploymentStatus.HEALTHY);
    }

    @Test
    void aFaultOfOursIsTriedAgainAndThenTold() throws Exception {
        test.codeHost().failNext(2);
        awaitState(deployed("late"), DeployState.DEPLOYED);
        Optional<BundleVersion> live = now().liveBundle();

        test.codeHost().failNext(3);
        DeployId failed = pushed("never");
        assertThatThrownBy(() -> finished(failed)).hasMessageContaining("fault of the control plane");
        assertThat(now().liveBundle()).isEqualTo(live);
    }

    @Test
    void forcedOnesSayWhatGoesOffLine() throws Exception {
        DeployId id = created();
        upload(
                id,
                new Tars()
                        .file("dags/good.py", "")
                        .file("dags/bad.py", "broken")
                        .gzip());

        Deploy forced = finished(id, true);

        assertThat(forced.statusReason()).contains("off line are the DAGs of: dags/bad.py");
        awaitState(id, DeployState.DEPLOYED);
        assertThat(view(id).statusReason()).contains("dags/bad.py");
        assertThat(view(id).code().orElseThrow().dagIds()).containsExactly("good");
    }

    /// Item 26: nothing goes on in a Deployment that is gone, and its URL takes nothing more.
    @Test
    void endWithTheirDeployment() throws Exception {
        DeployId open = created();
        URI url = test.controlPlane().uploads().urlFor(open);
        put(url, Tars.project("before"));
        DeployId queued = pushed("queued");
        test.codeHost().hold();
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Deploy> answer = pool.submit(() -> finished(queued));
            Eventually.holds("is validated", () -> state(queued) == DeployState.VALIDATING);
            test.controlPlane().deployments().delete(test.owner(), test.organizationId(), place.id());
            test.codeHost().letAllGo();
            assertThatThrownBy(answer::get).hasMessageContaining("Deployment not found");
        }
        assertThat(state(open)).isEqualTo(DeployState.FAILED);
        assertThat(state(queued)).isEqualTo(DeployState.FAILED);
        assertThatThrownBy(() -> put(url, Tars.project("after"))).hasMessageContaining("does not exist any more");
    }

    /// H6, H9: the old code and packages come back, as a new deploy.
    @Test
    void rollBackBringsBackCodeAndPackages() throws Exception {
        DeployId first = created();
        upload(
                first,
                new Tars()
                        .file("dags/one.py", "")
                        .file("requirements.txt", "pure==1")
                        .gzip());
        finished(first);
        awaitState(first, DeployState.DEPLOYED);
        DeployId second = deployed("two");
        awaitState(second, DeployState.DEPLOYED);
        assertThat(desired().python()).isEmpty();

        Deploy back = rollback(first);

        awaitState(back.id(), DeployState.DEPLOYED);
        assertThat(back.rollbackFromId()).contains(first);
        assertThat(back.version()).isEqualTo(view(first).version());
        assertThat(desired().python()).map(PythonLock::requirements).contains("pure==1");
        assertThat(now().liveBundle()).isEqualTo(view(first).version());
        assertThat(test.controlPlane()
                        .deploys()
                        .list(test.owner(), test.organizationId(), place.id(), PageRequest.first())
                        .items())
                .extracting(Deploy::id)
                .containsExactly(back.id(), second, first);
        assertThatThrownBy(() -> rollback(first)).hasMessageContaining("the current one");
    }

    /// H2–H4, AC12: 89 days are fine, 91 are not, the newest always is, and so is what a run still uses.
    @Test
    void oldCodeIsThrownAwayUnlessSomethingNeedsIt() throws Exception {
        List<DeployId> ids = new ArrayList<>();
        for (String text : new String[] {"old", "used", "newest"}) {
            ids.add(deployed(text));
            awaitState(ids.getLast(), DeployState.DEPLOYED);
        }
        DeployId old = ids.get(0);
        DeployId used = ids.get(1);
        DeployId newest = ids.get(2);
        test.clock().advance(Duration.ofDays(89));
        keepHouse();
        assertThat(kept()).contains(folder(old), folder(used), folder(newest));

        test.clock().advance(Duration.ofDays(2));
        test.codeHost().runsNeed(Optional.empty());
        keepHouse();
        assertThat(kept()).as("when nobody knows what runs").contains(folder(old));

        test.codeHost().runsNeed(Optional.of(Set.of(folder(used))));
        keepHouse();
        assertThat(kept()).containsExactlyInAnyOrder(folder(used), folder(newest));
        assertThatThrownBy(() -> rollback(old)).hasMessageContaining("not kept any more");
        awaitState(rollback(used).id(), DeployState.DEPLOYED);
        test.codeHost().runsNeed(Optional.of(Set.of()));
        keepHouse();
        assertThat(kept()).as("the newest, by rollback").containsExactly(folder(used));
    }

    /// D15.
    @Test
    void neverFinalizedOnesFailAfterADayAndTheirFilesGo() throws Exception {
        DeployId forgotten = pushed("forgotten");
        test.clock().advance(Duration.ofHours(23));
        keepHouse();
        assertThat(state(forgotten)).isEqualTo(DeployState.CREATED);
        assertThat(uploads(forgotten)).exists();

        test.clock().advance(Duration.ofHours(1));
        keepHouse();
        assertThat(state(forgotten)).isEqualTo(DeployState.FAILED);
        assertThat(uploads(forgotten)).doesNotExist();
    }

    @Test
    void whatALastRunWasReceivingIsThrownAway() throws Exception {
        DeployId id = pushed("kept");
        Files.writeString(uploads(id).resolve("x.part"), "half");

        test.controlPlane().deployHousekeeping().begin();

        assertThat(uploads(id).toFile().list()).singleElement().asString().startsWith("archive-");
        assertThat(finished(id).state()).isNotEqualTo(DeployState.FAILED);
    }

    /// Two uploads of one deploy never mix: the one that ends last is the deploy's, whole.
    @Test
    void uploadsAtOnceDoNotMix() throws Exception {
        DeployId id = created();
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> puts = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                byte[] archive = new Tars()
                        .file("dags/n" + i + ".py", ("" + i).repeat(4000))
                        .gzip();
                puts.add(pool.submit(() -> upload(id, archive)));
            }
            for (Future<?> put : puts) {
                put.get();
            }
        }
        assertThat(uploads(id).toFile().list()).hasSize(1);
        finished(id);
        Path dags = test.codeHost()
                .version(place.id(), view(id).version().orElseThrow())
                .resolve("dags");
        assertThat(dags.toFile().listFiles()).singleElement().satisfies(file -> {
            String digit = file.getName().substring(1, 2);
            assertThat(file).hasContent(digit.repeat(4000));
        });
    }

    private static void serveEverything(ControlPlane controlPlane) {
        controlPlane
                .lifecycle()
                .onChange(id -> controlPlane
                        .lifecycle()
                        .present(id)
                        .ifPresent(airflow -> controlPlane
                                .lifecycle()
                                .observed(
                                        airflow,
                                        DeploymentStatus.HEALTHY,
                                        "",
                                        Optional.empty(),
                                        airflow.code().map(DesiredCode::version))));
    }

    private Path uploads(DeployId id) {
        return test.folder().resolve("uploads").resolve(id.value());
    }

    private void keepHouse() throws InterruptedException {
        test.controlPlane().deployHousekeeping().run();
    }

    private Set<String> kept() {
        return test.codeHost().kept(place.id());
    }

    private String folder(DeployId id) {
        return view(id).finalVersion().folderName();
    }

    private Deploy rollback(DeployId target) {
        return test.controlPlane()
                .deploys()
                .rollback(test.owner(), test.organizationId(), place.id(), target, Optional.of("back"));
    }

    private DeployId deployed(String text) throws InterruptedException {
        DeployId id = pushed(text);
        var _ = finished(id);
        return id;
    }

    private Deploy finished(DeployId id) throws InterruptedException {
        return finished(id, false);
    }

    private Deploy finished(DeployId id, boolean forced) throws InterruptedException {
        return test.controlPlane()
                .deploys()
                .finalizeDeploy(
                        test.owner(),
                        test.organizationId(),
                        place.id(),
                        id,
                        new Deploys.Finalization(Optional.empty(), forced));
    }

    private DeployId pushed(String text) {
        DeployId id = created();
        upload(id, Tars.project(text));
        return id;
    }

    private DeployId created() {
        return test.controlPlane()
                .deploys()
                .create(
                        test.owner(),
                        test.organizationId(),
                        place.id(),
                        new NewDeploy(DeployType.DAG_ONLY, Optional.empty(), Optional.empty()))
                .id();
    }

    private void upload(DeployId id, byte[] archive) {
        put(test.controlPlane().uploads().urlFor(id), archive);
    }

    private void put(URI url, byte[] archive) {
        Map<String, String> query = Arrays.stream(url.getQuery().split("&", -1))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
        Uploads.Stored stored = test.controlPlane()
                .uploads()
                .putWhole(
                        new Uploads.Ticket(
                                new DeployId(url.getPath().substring("/uploads/".length())),
                                Long.parseLong(query.getOrDefault("exp", "")),
                                query.getOrDefault("sig", "")),
                        OptionalLong.of(archive.length),
                        new ByteArrayInputStream(archive));
        assertThat(stored.version().text()).endsWith("Z");
    }

    private DeployState state(DeployId id) {
        // past the use case, which hides what belongs to a deleted Deployment
        return test.controlPlane()
                .transactions()
                .inTransaction(tx -> new DeployStore().find(tx, id))
                .orElseThrow()
                .state();
    }

    private Deploy view(DeployId id) {
        return test.controlPlane().deploys().view(test.owner(), test.organizationId(), place.id(), id);
    }

    private Deployment now() {
        return test.controlPlane().deployments().view(test.owner(), test.organizationId(), place.id());
    }

    private DesiredCode desired() {
        return test.controlPlane()
                .lifecycle()
                .present(place.id())
                .orElseThrow()
                .code()
                .orElseThrow();
    }

    private void awaitState(DeployId id, DeployState state) throws InterruptedException {
        Eventually.holds(id + " becomes " + state, () -> state(id) == state);
    }
}
