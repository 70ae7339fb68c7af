package io.headgate.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.deployment.Deployment;
import io.headgate.deployment.DeploymentStatus;
import io.headgate.deployment.DesiredCode;
import io.headgate.kernel.DeployId;
import io.headgate.launch.ControlPlane;
import io.headgate.testing.Eventually;
import io.headgate.testing.Tars;
import io.headgate.testing.TestControlPlane;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/// A control plane, a Deployment that is up, and what tests of deploys do with both again and again.
final class TestDeploys implements AutoCloseable {
    private final TestControlPlane test = new TestControlPlane();
    private final Deployment place = test.healthy("place");

    TestControlPlane controlled() {
        return test;
    }

    Deployment place() {
        return place;
    }

    @Override
    public void close() {
        test.codeHost().letAllGo();
        test.close();
    }

    static void serveEverything(ControlPlane controlPlane) {
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

    Path uploads(DeployId id) {
        return test.folder().resolve("uploads").resolve(id.value());
    }

    void keepHouse() throws InterruptedException {
        test.controlPlane().deployHousekeeping().run();
    }

    Set<String> kept() {
        return test.codeHost().kept(place.id());
    }

    String folder(DeployId id) {
        return view(id).finalVersion().folderName();
    }

    Deploy rollback(DeployId target) {
        return test.controlPlane()
                .deploys()
                .rollback(test.owner(), test.organizationId(), place.id(), target, Optional.of("back"));
    }

    DeployId deployed(String text) throws InterruptedException {
        DeployId id = pushed(text);
        var _ = finished(id);
        return id;
    }

    Deploy finished(DeployId id) throws InterruptedException {
        return finished(id, false);
    }

    Deploy finished(DeployId id, boolean forced) throws InterruptedException {
        return test.controlPlane()
                .deploys()
                .finalizeDeploy(
                        test.owner(),
                        test.organizationId(),
                        place.id(),
                        id,
                        new Deploys.Finalization(Optional.empty(), forced));
    }

    DeployId pushed(String text) {
        DeployId id = created();
        upload(id, Tars.project(text));
        return id;
    }

    DeployId created() {
        return test.controlPlane()
                .deploys()
                .create(
                        test.owner(),
                        test.organizationId(),
                        place.id(),
                        new NewDeploy(DeployType.DAG_ONLY, Optional.empty(), Optional.empty()))
                .id();
    }

    void upload(DeployId id, byte[] archive) {
        put(test.controlPlane().uploads().urlFor(id), archive);
    }

    void put(URI url, byte[] archive) {
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

    DeployState state(DeployId id) {
        // past the use case, which hides what belongs to a deleted Deployment
        return test.controlPlane()
                .transactions()
                .inTransaction(tx -> new DeployStore().find(tx, id))
                .orElseThrow()
                .state();
    }

    Deploy view(DeployId id) {
        return test.controlPlane().deploys().view(test.owner(), test.organizationId(), place.id(), id);
    }

    Deployment now() {
        return test.controlPlane().deployments().view(test.owner(), test.organizationId(), place.id());
    }

    DesiredCode desired() {
        return test.controlPlane()
                .lifecycle()
                .present(place.id())
                .orElseThrow()
                .code()
                .orElseThrow();
    }

    void awaitState(DeployId id, DeployState state) throws InterruptedException {
        Eventually.holds(id + " becomes " + state, () -> state(id) == state);
    }
}
