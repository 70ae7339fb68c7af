package io.headgate.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.access.Caller;
import io.headgate.kernel.PageRequest;
import io.headgate.kernel.ProblemException;
import io.headgate.organization.WorkspaceFilter;
import io.headgate.testing.TestControlPlane;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

final class DeploymentsTest {
    private static final TestControlPlane WORLD = new TestControlPlane();

    private final Deployments deployments = WORLD.controlPlane().deployments();
    private final DeploymentLifecycle lifecycle = WORLD.controlPlane().lifecycle();

    @AfterAll
    static void close() {
        WORLD.close();
    }

    /// S3, R19: exactly its own Deployment, Workspace and Organization; the sibling is as missing as a missing one.
    @Test
    void aDeploymentTokenSeesItsOwnPathAndNothingBesideIt() {
        Caller holder = holder();
        assertThat(list(holder)).containsExactly("prod");
        assertThat(list(WORLD.owner())).contains("prod", "staging");
        assertThat(WORLD.controlPlane()
                        .workspaces()
                        .list(
                                holder,
                                WORLD.organizationId(),
                                new WorkspaceFilter(List.of(), List.of()),
                                PageRequest.first())
                        .items())
                .extracting(workspace -> workspace.name())
                .containsExactly("Data");
        assertThat(problem(() -> deployments.view(
                        holder, WORLD.organizationId(), WORLD.sibling().id())))
                .isEqualTo(problem(() -> deployments.view(
                        holder,
                        WORLD.organizationId(),
                        WORLD.controlPlane().ids().deployment())));
        assertThat(deployments
                        .view(
                                WORLD.owner(),
                                WORLD.organizationId(),
                                WORLD.sibling().id())
                        .name())
                .isEqualTo("staging");
    }

    @Test
    void aNameIsTakenOnceInAWorkspaceAndFreeAgainAfterDeletion() {
        Deployment first = WORLD.deployment("only-one");
        assertThatThrownBy(() -> WORLD.deployment("only-one"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().status()).isEqualTo(409))
                .hasMessageContaining("only-one");
        deployments.delete(WORLD.owner(), WORLD.organizationId(), first.id());
        Deployment second = WORLD.deployment("only-one");
        assertThat(second.namespace()).isNotEqualTo(first.namespace());
    }

    @Test
    void defaultsAreThoseThatClientsCannotDoWithout() {
        Deployment deployment = WORLD.own();
        assertThat(deployment.namespace()).matches("[a-z]+-[a-z]+-[0-9]{4}");
        assertThat(deployment.status()).isEqualTo(DeploymentStatus.CREATING);
        assertThat(deployment.settings().workerQueues())
                .singleElement()
                .satisfies(queue -> assertThat(queue.name()).isEqualTo("default"));
        assertThat(deployment.release().version()).matches("[0-9]+\\.[0-9]+-[0-9]+");
    }

    /// The gateway relays only to what was seen to answer, and forgets a deleted Deployment at once.
    @Test
    void aRouteServesAfterAnObservationAndIsGoneAfterDeletion() {
        Deployment deployment = WORLD.deployment("routed");
        DeploymentRoutes routes = WORLD.controlPlane().routes();
        assertThat(state(routes, deployment)).isInstanceOf(DeploymentRoute.State.NotServing.class);
        DesiredAirflow airflow = lifecycle.present().stream()
                .filter(candidate -> candidate.id().equals(deployment.id()))
                .findFirst()
                .orElseThrow();
        lifecycle.observed(
                airflow,
                DeploymentStatus.HEALTHY,
                "",
                Optional.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 12345)),
                Optional.empty());
        assertThat(state(routes, deployment)).isInstanceOfSatisfying(DeploymentRoute.State.Serving.class, serving -> {
            assertThat(serving.signing().audience()).isEqualTo("dep-" + deployment.id());
            assertThat(serving.toString())
                    .doesNotContain(serving.signing().secret().reveal());
        });
        Deployment seen = deployments.view(WORLD.owner(), WORLD.organizationId(), deployment.id());
        assertThat(seen.status()).isEqualTo(DeploymentStatus.HEALTHY);
        assertThat(seen.authorship().updatedAt())
                .as("moves only by an act of a person or token")
                .isEqualTo(deployment.authorship().updatedAt());

        deployments.delete(WORLD.owner(), WORLD.organizationId(), deployment.id());
        assertThat(routes.find(deployment.namespace())).isEmpty();
        lifecycle.observed(
                airflow,
                DeploymentStatus.HEALTHY,
                "",
                Optional.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 12345)),
                Optional.empty());
        assertThat(routes.find(deployment.namespace()))
                .as("a late observation does not bring it back")
                .isEmpty();
        assertThat(lifecycle.toRetire()).extracting(DesiredAirflow::id).contains(deployment.id());
        lifecycle.retired(deployment.id());
        assertThat(lifecycle.toRetire()).extracting(DesiredAirflow::id).doesNotContain(deployment.id());
    }

    @Test
    void aStartClaimsNothingThatAnEarlierRunSaw() {
        Deployment deployment = WORLD.deployment("restarted");
        DesiredAirflow airflow = lifecycle.present().stream()
                .filter(candidate -> candidate.id().equals(deployment.id()))
                .findFirst()
                .orElseThrow();
        lifecycle.observed(airflow, DeploymentStatus.HEALTHY, "", Optional.empty(), Optional.empty());
        lifecycle.begin();
        assertThat(deployments
                        .view(WORLD.owner(), WORLD.organizationId(), deployment.id())
                        .status())
                .isEqualTo(DeploymentStatus.UNKNOWN);
        assertThat(deployments
                        .view(WORLD.owner(), WORLD.organizationId(), WORLD.own().id())
                        .status())
                .isEqualTo(DeploymentStatus.CREATING);
    }

    /// Secrets of Airflow are encrypted, different for every Deployment, and the same for ever.
    @Test
    void everyDeploymentHasSecretsOfItsOwnThatTheDatabaseCannotRead() {
        List<String> secrets = lifecycle.present().stream()
                .map(airflow -> airflow.secrets().jwtSecret().reveal())
                .toList();
        assertThat(secrets).doesNotHaveDuplicates().hasSizeGreaterThan(1);
        assertThat(lifecycle.present().stream()
                        .map(airflow -> airflow.secrets().jwtSecret().reveal())
                        .toList())
                .isEqualTo(secrets);
        List<String> stored = WORLD.controlPlane()
                .transactions()
                .inTransaction(tx -> tx.handle()
                        .createQuery("SELECT sealed_secrets FROM deployment")
                        .mapTo(String.class)
                        .list());
        assertThat(String.join("\n", stored)).doesNotContain(secrets);
    }

    private Caller holder() {
        return WORLD.holderOf(
                WORLD.token(WORLD.own().id(), "holder", OptionalInt.empty()).token());
    }

    private List<String> list(Caller caller) {
        return deployments
                .list(caller, WORLD.organizationId(), DeploymentFilter.none(), PageRequest.everything())
                .items()
                .stream()
                .map(Deployment::name)
                .toList();
    }

    private static DeploymentRoute.State state(DeploymentRoutes routes, Deployment deployment) {
        return routes.find(deployment.namespace()).orElseThrow().state();
    }

    private static Object problem(Runnable act) {
        try {
            act.run();
            return "no problem";
        } catch (ProblemException e) {
            return e.problem();
        }
    }
}
