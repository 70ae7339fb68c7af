package io.headgate.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.deployment.Deployment;
import io.headgate.deployment.PythonLock;
import io.headgate.kernel.DeployId;
import io.headgate.kernel.PageRequest;
import io.headgate.testing.Tars;
import io.headgate.testing.TestControlPlane;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What rollbacks bring back, and until when.
final class RollbackTest {
    private final TestDeploys deploys = new TestDeploys();
    private final TestControlPlane test = deploys.controlled();
    private final Deployment place = deploys.place();

    @AfterEach
    void close() {
        deploys.close();
    }

    /// H6, H9: the old code and packages come back, as a new deploy.
    @Test
    void rollBackBringsBackCodeAndPackages() throws Exception {
        DeployId first = deploys.created();
        deploys.upload(
                first,
                new Tars()
                        .file("dags/one.py", "")
                        .file("requirements.txt", "pure==1")
                        .gzip());
        deploys.finished(first);
        deploys.awaitState(first, DeployState.DEPLOYED);
        DeployId second = deploys.deployed("two");
        deploys.awaitState(second, DeployState.DEPLOYED);
        assertThat(deploys.desired().python()).isEmpty();
        assertThat(current()).contains(second);

        Deploy back = deploys.rollback(first);

        deploys.awaitState(back.id(), DeployState.DEPLOYED);
        assertThat(current()).as("of two that brought this version").contains(back.id());
        assertThat(back.rollbackFromId()).contains(first);
        assertThat(back.version()).isEqualTo(deploys.view(first).version());
        assertThat(deploys.desired().python()).map(PythonLock::requirements).contains("pure==1");
        assertThat(deploys.now().liveBundle()).isEqualTo(deploys.view(first).version());
        assertThat(test.controlPlane()
                        .deploys()
                        .list(test.owner(), test.organizationId(), place.id(), PageRequest.first())
                        .items())
                .extracting(Deploy::id)
                .containsExactly(back.id(), second, first);
        assertThatThrownBy(() -> deploys.rollback(first)).hasMessageContaining("the current one");
    }

    /// H7: a team that went back to images may want the DAGs of before.
    @Test
    void rollBackBringsBackThatDagsAreDeployed() throws Exception {
        DeployId first = deploys.deployed("one");
        deploys.awaitState(first, DeployState.DEPLOYED);
        deploys.awaitState(deploys.deployed("two"), DeployState.DEPLOYED);
        test.controlPlane()
                .transactions()
                .useTransaction(tx -> tx.handle()
                        .createUpdate("UPDATE deployment SET settings ="
                                + " jsonb_set(settings, '{dagDeployEnabled}', 'false') WHERE id = :id")
                        .bind("id", place.id())
                        .execute());
        assertThatThrownBy(deploys::created).hasMessageContaining("dag deploy is not enabled");

        deploys.awaitState(deploys.rollback(first).id(), DeployState.DEPLOYED);

        assertThat(deploys.now().settings().dagDeployEnabled()).isTrue();
        assertThat(deploys.view(deploys.created()).state()).as("control").isEqualTo(DeployState.CREATED);
    }

    /// H2–H4, AC12: 89 days are fine, 91 are not, the newest always is, and so is what a run still uses.
    @Test
    void oldCodeIsThrownAwayUnlessSomethingNeedsIt() throws Exception {
        List<DeployId> ids = new ArrayList<>();
        for (String text : new String[] {"old", "used", "newest"}) {
            ids.add(deploys.deployed(text));
            deploys.awaitState(ids.getLast(), DeployState.DEPLOYED);
        }
        DeployId old = ids.get(0);
        DeployId used = ids.get(1);
        DeployId newest = ids.get(2);
        test.clock().advance(Duration.ofDays(89));
        deploys.keepHouse();
        assertThat(deploys.kept()).contains(deploys.folder(old), deploys.folder(used), deploys.folder(newest));

        test.clock().advance(Duration.ofDays(2));
        test.codeHost().runsNeed(Optional.empty());
        deploys.keepHouse();
        assertThat(deploys.kept()).as("when nobody knows what runs").contains(deploys.folder(old));

        test.codeHost().runsNeed(Optional.of(Set.of(deploys.folder(used))));
        deploys.keepHouse();
        assertThat(deploys.kept()).containsExactlyInAnyOrder(deploys.folder(used), deploys.folder(newest));
        assertThatThrownBy(() -> deploys.rollback(old)).hasMessageContaining("not kept any more");
        deploys.awaitState(deploys.rollback(used).id(), DeployState.DEPLOYED);
        test.codeHost().runsNeed(Optional.of(Set.of()));
        deploys.keepHouse();
        assertThat(deploys.kept()).as("the newest, by rollback").containsExactly(deploys.folder(used));
    }

    /// U7, S40: what was pushed and brought back, and by whom.
    @Test
    void leaveEventsThatSayWhatWasPushed() throws Exception {
        DeployId first = deploys.deployed("one");
        deploys.awaitState(first, DeployState.DEPLOYED);
        deploys.awaitState(deploys.deployed("two"), DeployState.DEPLOYED);
        Deploy back = deploys.rollback(first);

        String version = deploys.view(first).finalVersion().text();
        assertThat(events(first))
                .containsExactly(
                        "deploy.created by ada@example.com {\"type\": \"DAG_ONLY\"}",
                        "deploy.finalized by ada@example.com {\"type\": \"DAG_ONLY\", \"version\": \"" + version
                                + "\"}");
        assertThat(events(back.id()))
                .singleElement()
                .satisfies(event -> assertThat(event)
                        .startsWith("deploy.rolledBack by ada@example.com")
                        .contains(first.value(), version));
    }

    private List<String> events(DeployId id) {
        return test.controlPlane()
                .transactions()
                .inTransaction(tx -> tx.handle()
                        .createQuery("SELECT action || ' by ' || (subject ->> 'username') || ' ' || details"
                                + " FROM audit_event WHERE entity_id = :id ORDER BY id")
                        .bind("id", id.value())
                        .mapTo(String.class)
                        .list());
    }

    private Optional<DeployId> current() {
        return test.controlPlane().deploys().current(test.owner(), test.organizationId(), place.id());
    }
}
