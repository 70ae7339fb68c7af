package io.headgate.ui.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.access.Role;
import io.headgate.api.Answer;
import io.headgate.api.TestApi;
import io.headgate.api.v1.deploy.DeployScene;
import io.headgate.testing.Eventually;
import io.headgate.testing.Tars;
import io.headgate.ui.Browser;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// UI33–UI36: the history, one deploy, and rolling back, as a browser asks for them.
@QuarkusTest
class DeployPagesTest {
    @Inject
    TestApi api;

    @Nested
    class Answers200 {
        @Test
        void withAnInvitationBeforeTheFirstDeploy() {
            DeployScene scene = new DeployScene(api);

            Document page = page(Browser.ofOwner(api).get(path(scene, "")));

            assertThat(page.select(".empty h2").text()).isEqualTo("No deploys yet");
            assertThat(page.select(".empty a").eachAttr("href")).containsExactly("/docs/deploying", "/docs/automation");
            assertThat(page.select("#history").attr("hx-trigger")).isEqualTo("every 15s");
        }

        @Test
        void withTheHistoryNewestFirstAndTheLiveOneMarked() throws Exception {
            DeployScene scene = new DeployScene(api);
            String first = live(scene, "one");
            String second = live(scene, "two");

            Document page = page(Browser.ofOwner(api).get(path(scene, "")));

            assertThat(page.select("tbody a.main").eachAttr("id"))
                    .containsExactly("deploy-" + second, "deploy-" + first);
            assertThat(page.select("tbody tr:has(.badge-ok) a.main").eachAttr("id"))
                    .containsExactly("deploy-" + second);
            assertThat(page.select("tbody a.row-link").eachAttr("id"))
                    .as("only what is not live can be rolled back to")
                    .containsExactly("rollback-" + first);
            assertThat(page.select("#deploy-count").text()).isEqualTo("2 deploys");
            assertThat(page.select("tbody tr:first-child").text())
                    .contains("Deployed", "DAG", "CURRENT", "first", "API token");
        }

        @Test
        void withWhatIsSearchedFor() {
            DeployScene scene = new DeployScene(api);
            scene.create();

            Browser browser = Browser.ofOwner(api);

            assertThat(page(browser.get(path(scene, "?q=FIRST"))).select("tbody tr"))
                    .hasSize(1);
            Document none = page(browser.get(path(scene, "?q=%3Cb%3Enothing")));
            assertThat(none.select("tbody tr")).isEmpty();
            assertThat(none.select("#deploys").text()).contains("No deploy holds “<b>nothing”.");
        }

        @Test
        void thatLooksAgainSoonWhileADeployIsUnderWay() throws Exception {
            DeployScene scene = new DeployScene(api);
            api.behind().runtime().resist(scene.place().id());
            String id = scene.pushed("one");
            assertThat(scene.finish(id, "{}").status()).isEqualTo(200);
            Browser browser = Browser.ofOwner(api);

            assertThat(page(browser.get(path(scene, ""))).select("#deploys").attr("hx-trigger"))
                    .isEqualTo("every 2s");
            Document going = page(browser.get(path(scene, "/" + id)));
            assertThat(going.select("#deploy").attr("hx-trigger")).isEqualTo("every 2s");
            assertThat(going.select(".steps-list > li").eachText())
                    .last()
                    .asString()
                    .contains("Live", "Airflow is taking it over");

            api.behind().runtime().relent(scene.place().id());
            Eventually.holds(
                    "is deployed", () -> scene.view(id).member("status").equals("DEPLOYED"));

            assertThat(page(browser.get(path(scene, ""))).select("#deploys").attr("hx-trigger"))
                    .isEqualTo("every 15s");
            assertThat(page(browser.get(path(scene, "/" + id)))
                            .select("#deploy")
                            .hasAttr("hx-trigger"))
                    .isFalse();
        }

        @Test
        void withImportErrorsAsFileAndLine() {
            DeployScene scene = new DeployScene(api);
            String failed = scene.pushed("broken <script>");
            assertThat(scene.finish(failed, "{}").status()).isEqualTo(400);

            Document page = page(Browser.ofOwner(api).get(path(scene, "/" + failed)));

            assertThat(page.select("#errors-title").text()).isEqualTo("1 import error");
            assertThat(page.select(".finding-place").text()).isEqualTo("dags/daily.py:3");
            assertThat(page.select(".finding").text()).contains("invalid syntax");
            assertThat(page.select(".steps-list > li").eachText())
                    .last()
                    .asString()
                    .contains("Code checked", "failed");
            assertThat(page.select("a[href$=/rollback]")).isEmpty();
        }

        @Test
        void withWarnings() throws Exception {
            DeployScene scene = new DeployScene(api);
            String id = live(scene, "doubtful");

            Document page = page(Browser.ofOwner(api).get(path(scene, "/" + id)));

            assertThat(page.select(".finding-warn").text()).isEqualTo("dags/daily.py Variable x is missing");
            assertThat(page.select("#dags-title + ul").text()).isEqualTo("daily");
        }

        @Test
        void withTheWordsOfTheResolverAsTheyAre() {
            DeployScene scene = new DeployScene(api);
            Answer created = scene.create();
            scene.put(
                    created.member("dagsUploadUrl"),
                    new Tars()
                            .file("dags/daily.py", "one")
                            .file("requirements.txt", "conflict==1\n")
                            .gzip());
            assertThat(scene.finish(created.member("id"), "{}").status()).isEqualTo(400);

            Document page = page(Browser.ofOwner(api).get(path(scene, "/" + created.member("id"))));

            assertThat(page.select("pre.words").text()).isEqualTo("because conflict==1 depends on nothing that exists");
        }

        @Test
        void withWhereTheCodeCameFromButNoLinkThatRuns() {
            DeployScene scene = new DeployScene(api);
            Answer created = api.post(scene.token(), scene.path(""), """
                    {"type": "DAG_ONLY", "description": "two\\nlines", "git": {"provider": "GITHUB", "account": "acme",
                     "repo": "dags", "branch": "main", "commitSha": "0123456789abcdef",
                     "commitUrl": "javascript:alert(1)", "authorName": "Ada"}}""");
            assertThat(created.status()).as(created.text()).isEqualTo(200);

            Document page = page(Browser.ofOwner(api).get(path(scene, "/" + created.member("id"))));

            assertThat(page.select(".facts").text())
                    .contains("0123456789abcdef", "main", "acme/dags", "Ada", "none yet: nothing was uploaded");
            assertThat(page.select("a[href^=javascript]")).isEmpty();
        }

        @Test
        void withTheQuestionBeforeARollback() throws Exception {
            DeployScene scene = new DeployScene(api);
            String first = live(scene, "one");
            live(scene, "two");

            Document page = page(Browser.ofOwner(api).get(path(scene, "/" + first + "/rollback")));

            assertThat(page.select(".effects > li")).hasSize(4);
            assertThat(page.select(".effects").text()).contains("not rolled back", "keep their version");
            assertThat(page.select("#panel button").text()).isEqualTo("Roll back");
        }

        @Test
        void withTheReasonWhereNothingCanBeRolledBackTo() throws Exception {
            DeployScene scene = new DeployScene(api);
            String current = live(scene, "one");

            Document page = page(Browser.ofOwner(api).get(path(scene, "/" + current + "/rollback")));

            assertThat(page.select("[role=alert]").text()).contains("that deploy's code is the current one");
            assertThat(page.select("#panel form")).isEmpty();
        }
    }

    @Nested
    class Answers303 {
        @Test
        void toSignInForNobody() {
            DeployScene scene = new DeployScene(api);

            for (String rest : new String[] {"", "/" + TestApi.unknownId(), "/" + TestApi.unknownId() + "/rollback"}) {
                Answer answer = api.send(api.request(path(scene, rest))
                        .header("Accept", "text/html")
                        .GET());

                assertThat(answer.status()).as(rest).isEqualTo(303);
                assertThat(answer.header("Location")).contains("/sign-in?next=");
            }
        }

        /// The control is the deploy that the first sending makes.
        @Test
        void afterARollbackThatIsDoneOnceHoweverOftenItIsSent() throws Exception {
            DeployScene scene = new DeployScene(api);
            String first = live(scene, "one");
            live(scene, "two");
            Browser browser = Browser.ofOwner(api);
            String path = path(scene, "/" + first + "/rollback");
            Map<String, String> form = new HashMap<>(browser.hidden(path));
            form.put("description", "back to one");

            Answer once = browser.post(path, form);
            Answer twice = browser.post(path, form);

            assertThat(once.status()).isEqualTo(303);
            assertThat(once.header("Location")).endsWith("/deploys?note=rollback-started");
            assertThat(twice.status()).isEqualTo(409);
            assertThat(twice.text()).contains("This form was sent before");
            Document history = page(browser.get(path(scene, "?note=rollback-started")));
            assertThat(history.select("tbody tr")).hasSize(3);
            assertThat(history.select("tbody tr:first-child").text()).contains("Rollback", "back to one", "Grace");
            assertThat(history.select(".toast").text()).startsWith("Rolling back.");
        }
    }

    @Nested
    class Answers400 {
        @Test
        void toADescriptionThatIsTooLongAndKeepsIt() throws Exception {
            DeployScene scene = new DeployScene(api);
            String first = live(scene, "one");
            live(scene, "two");
            Browser browser = Browser.ofOwner(api);
            String path = path(scene, "/" + first + "/rollback");
            Map<String, String> form = new HashMap<>(browser.hidden(path));
            form.put("description", "x".repeat(501));

            Answer answer = browser.post(path, form);

            assertThat(answer.status()).isEqualTo(400);
            Document page = page(answer);
            assertThat(page.select("#error-description").text()).startsWith("Description must be at most 500");
            assertThat(page.select("textarea").text()).isEqualTo("x".repeat(501));
            assertThat(page(browser.get(path(scene, ""))).select("tbody tr")).hasSize(2);
        }
    }

    @Nested
    class Answers403 {
        /// The control is the owner's button and form elsewhere in this class.
        @Test
        void toARollbackOfWhoMayOnlyLookAndShowsThemNoButton() throws Exception {
            DeployScene scene = new DeployScene(api);
            String first = live(scene, "one");
            live(scene, "two");
            Browser member = Browser.with(api, Role.WORKSPACE_MEMBER);

            Document history = page(member.get(path(scene, "")));
            assertThat(history.select("tbody tr")).hasSize(2);
            assertThat(history.select("a[href$=/rollback]")).isEmpty();
            assertThat(page(member.get(path(scene, "/" + first))).select("a[href$=/rollback]"))
                    .isEmpty();

            String path = path(scene, "/" + first + "/rollback");
            Answer question = member.get(path);
            assertThat(question.status()).isEqualTo(403);
            assertThat(question.text()).contains("deployment.deploys.update");
            assertThat(member.post(path, member.hidden(path(scene, ""))).status())
                    .isEqualTo(403);
            assertThat(page(member.get(path(scene, ""))).select("tbody tr")).hasSize(2);
        }
    }

    @Nested
    class Answers404 {
        /// The control is the same deploy below its own Deployment.
        @Test
        void toADeployOfAnotherDeployment() {
            DeployScene scene = new DeployScene(api);
            DeployScene other = new DeployScene(api);
            String foreign = other.create().member("id");
            Browser browser = Browser.ofOwner(api);

            assertThat(browser.get(path(scene, "/" + foreign)).status()).isEqualTo(404);
            assertThat(browser.get(path(scene, "/" + foreign + "/rollback")).status())
                    .isEqualTo(404);
            assertThat(browser.post(path(scene, "/" + foreign + "/rollback"), browser.hidden(path(scene, "")))
                            .status())
                    .isEqualTo(404);
            assertThat(browser.get(path(other, "/" + foreign)).status()).isEqualTo(200);
        }

        @Test
        void toWhoSeesNoDeployment() {
            DeployScene scene = new DeployScene(api);
            Browser accessor = Browser.with(api, Role.WORKSPACE_ACCESSOR);

            assertThat(accessor.get(path(scene, "")).status()).isEqualTo(404);
        }
    }

    private static String path(DeployScene scene, String rest) {
        return "/deployments/" + scene.place().id() + "/deploys" + rest;
    }

    private static Document page(Answer answer) {
        Document page = Jsoup.parse(answer.text());
        assertThat(page.select("h1")).as(answer.text()).hasSize(1);
        assertThat(page.select("[style], style, [onclick], script:not([src])")).isEmpty();
        return page;
    }

    private static String live(DeployScene scene, String text) throws InterruptedException {
        String id = scene.deployed(text);
        Eventually.holds("is deployed", () -> scene.view(id).member("status").equals("DEPLOYED"));
        return id;
    }
}
