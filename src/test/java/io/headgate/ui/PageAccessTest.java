package io.headgate.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.access.SignedInEndpoint;
import io.headgate.api.Answer;
import io.headgate.api.Endpoints;
import io.headgate.api.TestApi;
import io.headgate.deploy.DeployType;
import io.headgate.deploy.NewDeploy;
import io.headgate.kernel.DeploymentId;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Who gets to which page, and what becomes of a form that somebody else sends.
@QuarkusTest
class PageAccessTest {
    @Inject
    TestApi api;

    @Test
    void everyPageForPeopleWhoAreSignedInLeadsStrangersToTheSignInPage() {
        Browser stranger = Browser.of(api);
        Browser owner = Browser.ofOwner(api);
        List<Endpoints.Endpoint> pages = signedIn();
        assertThat(pages).hasSizeGreaterThan(12);
        for (Endpoints.Endpoint page : pages) {
            String path = filled(page.template());
            Answer answer =
                    page.method().equals("GET") ? stranger.get(path) : stranger.send(path, Map.of(), Browser.HERE);

            assertThat(answer.status()).as(page.toString()).isEqualTo(303);
            assertThat(answer.header("Location")).as(page.toString()).contains("/sign-in?next=%2F");
            if (isSimplyOpened(page)) {
                assertThat(owner.get(path).status()).as("control: " + page).isIn(200, 303);
            }
        }
    }

    @Test
    void whatDoesNotExistIsOneAndTheSamePage() {
        Browser owner = Browser.ofOwner(api);
        Answer missing = owner.get("/deployments/" + TestApi.unknownId() + "/api-tokens");

        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.text()).contains("Page not found", "Deployment not found");
        assertThat(owner.get("/deployments/nonsense").status()).isEqualTo(404);
        assertThat(owner.get("/deployments/" + api.behind().own().id() + "/api-tokens/" + TestApi.unknownId())
                        .status())
                .isEqualTo(404);
        String foreign = api.behind()
                .token(api.behind().sibling().id(), "of the sibling", OptionalInt.empty())
                .token()
                .id()
                .value();
        assertThat(owner.get("/deployments/" + api.behind().own().id() + "/api-tokens/" + foreign)
                        .status())
                .as("of another Deployment")
                .isEqualTo(404);
        assertThat(owner.get("/deployments/" + api.behind().sibling().id() + "/api-tokens/" + foreign)
                        .status())
                .as("control: on its own")
                .isEqualTo(200);
    }

    /// Item 45: neither another site nor a form without its token does anything.
    @Test
    void noOtherSiteActsThroughABrowser() {
        Browser owner = Browser.ofOwner(api);
        String page =
                "/deployments/" + api.behind().deployment(api.unique("csrf")).id() + "/api-tokens/new";
        Map<String, String> form = new HashMap<>(Browser.hidden(owner.get(page)));
        form.put("name", "planted");
        form.put("days", "30");

        assertThat(owner.send(page, form, "https://evil.example").status()).isEqualTo(403);
        assertThat(owner.send(page, form, "http://localhost:8889").status()).isEqualTo(403);
        assertThat(owner.send(page, form, "null").status()).isEqualTo(403);
        Map<String, String> withoutToken = new HashMap<>(form);
        withoutToken.remove("_form");
        assertThat(owner.send(page, withoutToken, Browser.HERE).status()).isEqualTo(409);
        Map<String, String> anothers = new HashMap<>(form);
        anothers.put("_form", form.getOrDefault("_form", "") + "x");
        assertThat(owner.send(page, anothers, Browser.HERE).status()).isEqualTo(409);

        Answer control = owner.send(page, form, Browser.HERE);
        assertThat(control.status()).as("control: from here, with its token").isEqualTo(200);
        assertThat(control.text()).contains("eyJ0eXAiOiJoZWFkZ2F0ZStqd3Qi");
    }

    @Test
    void aCookieIsWorthNothingOnTheApi() {
        Browser owner = Browser.ofOwner(api);
        assertThat(owner.get("/account").status()).as("control: it is good").isEqualTo(200);

        Answer answer = api.send(api.request("/v1/organizations").header("Cookie", owner.cookie()));

        assertThat(answer.status()).isEqualTo(401);
    }

    /// Item 46.
    @Test
    void everyPageIsFencedInAndKeptByNobody() {
        Browser owner = Browser.ofOwner(api);
        int fenced = 0;
        for (Endpoints.Endpoint page : signedIn()) {
            if (isSimplyOpened(page)) {
                Answer answer = owner.get(filled(page.template()));
                if (answer.status() == 200 && answer.header("Content-Type").startsWith("text/html")) {
                    fencedIn(answer);
                    fenced++;
                } else if (answer.status() == 200) {
                    assertThat(answer.header("Cache-Control"))
                            .as(page.toString())
                            .isEqualTo("no-store");
                }
            }
        }
        assertThat(fenced).isGreaterThan(15);
        fencedIn(Browser.of(api).get("/sign-in"));
        fencedIn(Browser.of(api).get("/nothing"));
    }

    private static void fencedIn(Answer answer) {
        assertThat(answer.header("Content-Type")).isEqualTo("text/html;charset=UTF-8");
        assertThat(answer.header("Content-Security-Policy"))
                .contains("default-src 'none'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'")
                .doesNotContain("unsafe", "*");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(answer.text()).doesNotContain("<style", " style=", " onclick=", "<script>");
    }

    /// The rest streams without end, or needs more than the ids in its path; each has a test of its own.
    private static boolean isSimplyOpened(Endpoints.Endpoint page) {
        return page.method().equals("GET")
                && Stream.of("/progress", "/stream", "/rollback", "/airflow-sign-in")
                        .noneMatch(end -> page.template().endsWith(end));
    }

    private static List<Endpoints.Endpoint> signedIn() {
        return Endpoints.all().stream()
                .filter(endpoint -> endpoint.resource().isAnnotationPresent(SignedInEndpoint.class))
                .toList();
    }

    private String deploy(DeploymentId own) {
        return api.behind()
                .controlPlane()
                .deploys()
                .create(
                        api.behind().owner(),
                        api.behind().organizationId(),
                        own,
                        new NewDeploy(DeployType.DAG_ONLY, Optional.empty(), Optional.empty()))
                .id()
                .value();
    }

    private String filled(String template) {
        DeploymentId own = api.behind().healthy(api.unique("page")).id();
        return template.replace("{deploymentId}", own.value())
                .replace("{workspaceId}", api.behind().workspace().id().value())
                .replace("{sessionId}", TestApi.unknownId())
                .replace("{deployId}", template.contains("{deployId}") ? deploy(own) : "")
                .replace(
                        "{tokenId}",
                        template.contains("{tokenId}")
                                ? api.behind()
                                        .token(own, "on a page", OptionalInt.empty())
                                        .token()
                                        .id()
                                        .value()
                                : "");
    }
}
