package io.headgate.ui.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.access.Caller;
import io.headgate.access.Scope;
import io.headgate.api.TestApi;
import io.headgate.api.v1.deploy.DeployScene;
import io.headgate.audit.AuditEvent;
import io.headgate.audit.DeploymentActions;
import io.headgate.deployment.AirflowChanges;
import io.headgate.launch.ControlPlane;
import io.headgate.testing.Eventually;
import io.headgate.ui.Browser;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;

/// The page of a Deployment says in words what was done to it.
@QuarkusTest
class WhatChangedTest {
    @Inject
    TestApi api;

    @Test
    void hasWordsForEveryActionThatTheAuditLogKnowsOrSaysThatItIsNoChange() {
        Set<String> known = new HashSet<>(ChangeWords.WORDS.keySet());
        known.addAll(ChangeWords.NOT_TOLD);

        assertThat(known).isEqualTo(DeploymentActions.ALL);
        assertThat(ChangeWords.WORDS.keySet()).doesNotContainAnyElementsOf(ChangeWords.NOT_TOLD);
    }

    @Test
    void noOtherActionOfADeploymentCanBeRecorded() {
        Scope.OfDeployment place = api.healthy("recorded").scope();

        assertThatThrownBy(() -> new AuditEvent("deploy.rolled-back", place, "DEPLOY", "d"))
                .hasMessageContaining("deploy.rolled-back");
        assertThat(new AuditEvent("deploy.rolledBack", place, "DEPLOY", "d").action())
                .as("control: one that is known")
                .isEqualTo("deploy.rolledBack");
    }

    @Test
    void tellsOfPushesRollbacksAndTheLastChangeInAirflow() throws Exception {
        DeployScene scene = new DeployScene(api);
        String first = live(scene, "one");
        live(scene, "two");
        assertThat(api.post(scene.token(), scene.path("/" + first + "/rollback"), "{}")
                        .status())
                .isEqualTo(200);
        inAirflow(scene, "POST /api/v2/pools");
        inAirflow(scene, "POST /api/v2/dags/{dag_id}/dagRuns");

        List<String> lines = Jsoup.parse(Browser.ofOwner(api)
                        .get("/deployments/" + scene.place().id())
                        .text())
                .select("section[aria-labelledby=changed-title] li > span:first-child")
                .eachText();

        assertThat(lines)
                .contains(
                        "Changed in Airflow: POST /api/v2/dags/{dag_id}/dagRuns",
                        "Code rolled back",
                        "Code pushed",
                        "Deploy begun",
                        "API token created: ci",
                        "Deployment created")
                .noneMatch(line -> line.contains("pools"));
    }

    private static String live(DeployScene scene, String text) throws InterruptedException {
        String id = scene.deployed(text);
        Eventually.holds("is deployed", () -> scene.view(id).member("status").equals("DEPLOYED"));
        return id;
    }

    private void inAirflow(DeployScene scene, String operation) {
        ControlPlane controlPlane = api.behind().controlPlane();
        Caller owner = api.behind().owner();
        controlPlane
                .airflowChanges()
                .add(new AirflowChanges.Change(
                        owner.subject(), owner.origin(), scene.place().scope(), operation, 200));
        controlPlane.airflowChangeLog().flush();
    }
}
