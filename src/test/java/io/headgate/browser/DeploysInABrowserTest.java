package io.headgate.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import io.headgate.api.TestApi;
import io.headgate.api.v1.deploy.DeployScene;
import io.headgate.testing.Eventually;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/// Deploy History as people see it: that nobody is kept out, and that it follows what happens.
@QuarkusTest
@BrowserTest
class DeploysInABrowserTest {
    @Inject
    TestApi api;

    @Test
    void theEmptyHistoryKeepsNobodyOut(Pages pages) {
        DeployScene scene = new DeployScene(api);
        Inspection.of(Owner.of(api.behind()).at(pages, path(scene, "")), "deploys-empty");
    }

    @Test
    void theHistoryKeepsNobodyOut(Pages pages) throws Exception {
        DeployScene scene = new DeployScene(api);
        lively(scene);
        Inspection.of(Owner.of(api.behind()).at(pages, path(scene, "")), "deploys-history");
    }

    @Test
    void aFailedDeployKeepsNobodyOut(Pages pages) {
        DeployScene scene = new DeployScene(api);
        String failed = scene.pushed("broken");
        scene.finish(failed, "{}");
        Inspection.of(Owner.of(api.behind()).at(pages, path(scene, "/" + failed)), "deploy-failed");
    }

    @Test
    void aLiveDeployKeepsNobodyOut(Pages pages) throws Exception {
        DeployScene scene = new DeployScene(api);
        String id = live(scene, "doubtful");
        Inspection.of(Owner.of(api.behind()).at(pages, path(scene, "/" + id)), "deploy-live");
    }

    @Test
    void aRollbackIsAskedForInADialogAndDone(Pages pages) throws Exception {
        DeployScene scene = new DeployScene(api);
        lively(scene);
        Visit visit = Owner.of(api.behind()).at(pages, path(scene, ""));
        Page page = visit.page();

        page.locator("tbody a.row-link").last().click();
        assertThat(page.locator("dialog[open] h2")).containsText("Roll back to");
        Inspection.of(visit, "deploy-rollback");
        page.locator("dialog textarea").fill("The new DAG fails");
        page.locator("dialog button").last().click();

        assertThat(page.locator(".toast")).containsText("Rolling back.");
        assertThat(page.locator("tbody tr").first()).containsText("The new DAG fails");
    }

    @Test
    void theHistoryFollowsADeployThatIsUnderWay(Pages pages) throws Exception {
        DeployScene scene = new DeployScene(api);
        api.behind().runtime().resist(scene.place().id());
        String id = scene.pushed("one");
        scene.finish(id, "{}");
        Visit visit = Owner.of(api.behind()).at(pages, path(scene, ""));
        Page page = visit.page();
        assertThat(page.locator("tbody tr")).containsText("Going live");
        Inspection.of(Owner.of(api.behind()).at(pages, path(scene, "/" + id)), "deploy-going");
        page.locator("#deploy-" + id).focus();

        api.behind().runtime().relent(scene.place().id());

        assertThat(page.locator("tbody tr")).containsText("CURRENT");
        assertThat(page.locator("#deploy-" + id)).isFocused();
    }

    /// One that failed between two that went live.
    private void lively(DeployScene scene) throws InterruptedException {
        live(scene, "one");
        String failed = scene.pushed("broken");
        scene.finish(failed, "{}");
        live(scene, "two");
        api.post(scene.token(), scene.path(""), """
                {"type": "DAG_ONLY", "description": "Loads orders from the warehouse every night instead of every hour",
                 "git": {"provider": "GITHUB", "account": "acme", "repo": "dags", "branch": "main",
                 "commitSha": "9f2c1e7a5b3d", "commitUrl": "https://github.com/acme/dags/commit/9f2c1e7a5b3d",
                 "authorName": "Ada"}}""");
    }

    private static String path(DeployScene scene, String rest) {
        return "/deployments/" + scene.place().id() + "/deploys" + rest;
    }

    private static String live(DeployScene scene, String text) throws InterruptedException {
        String id = scene.deployed(text);
        Eventually.holds("is deployed", () -> scene.view(id).member("status").equals("DEPLOYED"));
        return id;
    }
}
