package io.headgate.ui.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.access.Role;
import io.headgate.api.Answer;
import io.headgate.api.TestApi;
import io.headgate.deployment.Deployment;
import io.headgate.kernel.DeploymentId;
import io.headgate.ui.Browser;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// UI49: the log of a component, and following it.
@QuarkusTest
@Timeout(60)
class LogPagesTest {
    @Inject
    TestApi api;

    @Nested
    class Answers200 {
        @Test
        void withWhatWasPrintedLastAndNothingOfItIsMarkup() {
            Deployment place = api.healthy("logs");
            print(place.id(), "2026-01-02T03:04:05Z [error    ] <script>alert(1)</script> [x]", "  \"trace\" & more");

            Document page = page(Browser.ofOwner(api).get(path(place, "")));

            assertThat(page.select(".console > div").eachText())
                    .containsExactly("2026-01-02T03:04:05Z [error ] <script>alert(1)</script> [x]", "\"trace\" & more");
            assertThat(page.select(".console > .level-error")).hasSize(2);
            assertThat(page.select(".console").hasAttr("data-stream")).isFalse();
        }

        @Test
        void withWhatIsAskedForOnly() {
            Deployment place = api.healthy("logs");
            print(place.id(), "[info] all is well", "[warning] orders are late", "[error] no orders");

            Browser browser = Browser.ofOwner(api);

            assertThat(page(browser.get(path(place, "?level=warn")))
                            .select(".console > div")
                            .eachText())
                    .containsExactly("[warning] orders are late", "[error] no orders");
            assertThat(page(browser.get(path(place, "?level=warn&q=NO+ORDERS")))
                            .select(".console > div")
                            .eachText())
                    .containsExactly("[error] no orders");
            assertThat(page(browser.get(path(place, "?component=triggerer"))).text())
                    .contains("Nothing printed yet.");
            assertThat(page(browser.get(path(place, "?q=nowhere"))).text()).contains("No line of this log fits.");
        }

        @Test
        void withSecretsTakenOutSoThatNoSearchFindsThem() {
            Deployment place = api.healthy("logs");
            assertThat(api.post(api.owner(), api.organization("/deployments/" + place.id()), """
                    {"type": "STANDARD", "name": "%s", "workspaceId": "%s", "executor": "CELERY", "schedulerSize": "",
                     "isHighAvailability": false, "isCicdEnforced": false, "isDagDeployEnabled": true,
                     "environmentVariables": [{"key": "API_KEY", "value": "hush-hush-7", "isSecret": true}]}""".formatted(
                                            place.name(), place.scope().workspaceId()))
                            .status())
                    .isEqualTo(200);
            print(place.id(), "[info] key=hush-hush-7 sent");
            Browser browser = Browser.ofOwner(api);

            assertThat(page(browser.get(path(place, ""))).select(".console").text())
                    .isEqualTo("[info] key=*** sent");
            assertThat(page(browser.get(path(place, "?q=hush"))).select(".console > div"))
                    .isEmpty();
        }

        @Test
        void withTheNewest2000Lines() {
            Deployment place = api.healthy("logs");
            for (int i = 0; i < 2100; i++) {
                print(place.id(), "[info] line " + i);
            }

            Document page = page(Browser.ofOwner(api).get(path(place, "")));

            assertThat(page.select(".console > div")).hasSize(2000);
            assertThat(page.select(".console > div").eachText().getLast()).isEqualTo("[info] line 2099");
            assertThat(page.text()).contains("The newest 2000 lines; earlier ones are not shown.");
        }

        /// Members of the Workspace may look (deployment.logs.get).
        @Test
        void toWhoMayOnlyLook() {
            Deployment place = api.healthy("logs");

            assertThat(Browser.with(api, Role.WORKSPACE_MEMBER)
                            .get(path(place, ""))
                            .status())
                    .isEqualTo(200);
        }
    }

    @Nested
    class Streams {
        @Test
        void goOnWhereThePageEndedAndAreFiltered() throws Exception {
            Deployment place = api.healthy("logs");
            print(place.id(), "[error] before");
            Browser browser = Browser.ofOwner(api);
            String stream = page(browser.get(path(place, "?follow=yes&level=warn")))
                    .select(".console")
                    .attr("data-stream");
            print(place.id(), "[info] not wanted", "[error] <b>after</b>");

            try (BufferedReader events = open(browser, stream)) {
                List<String> first = event(events);

                assertThat(first)
                        .contains(
                                "event: append",
                                "data: <div class=\"level-error\">[error] &lt;b&gt;after&lt;/b&gt;</div>")
                        .anyMatch(line -> line.startsWith("id: "))
                        .noneMatch(line -> line.contains("before") || line.contains("not wanted"));
                print(place.id(), "[warning] later");
                assertThat(event(events)).contains("data: <div class=\"level-warn\">[warning] later</div>");
            }
        }

        @Test
        void endWithTheSession() throws Exception {
            Deployment place = api.healthy("logs");
            Browser browser = Browser.ofOwner(api);
            try (BufferedReader events = open(browser, path(place, "/stream"))) {
                print(place.id(), "[info] still there");
                assertThat(event(events)).contains("data: <div class=\"level-info\">[info] still there</div>");

                assertThat(browser.post("/sign-out", browser.hidden(path(place, "")))
                                .status())
                        .isEqualTo(303);

                assertThat(event(events))
                        .contains("event: done")
                        .anyMatch(line -> line.startsWith("data: /sign-in?next="));
                assertThat(events.readLine()).as("the end").isNull();
            }
        }

        @Test
        void areForNobodyElse() {
            Deployment place = api.healthy("logs");

            assertThat(api.send(api.request(path(place, "/stream")).GET()).status())
                    .isEqualTo(303);
            Browser accessor = Browser.with(api, Role.WORKSPACE_ACCESSOR);
            assertThat(accessor.get(path(place, "/stream")).status()).isEqualTo(404);
        }

        /// More of them than there are threads that could wait.
        @Test
        void holdUpNobodyHoweverManyAreOpen() throws Exception {
            Deployment place = api.healthy("logs");
            Browser browser = Browser.ofOwner(api);
            List<BufferedReader> open = new ArrayList<>();
            try {
                for (int i = 0; i < 100; i++) {
                    open.add(open(browser, path(place, "/stream")));
                }
                assertThat(browser.get(path(place, "")).status()).isEqualTo(200);
                print(place.id(), "[info] to all");
                for (BufferedReader events : open) {
                    assertThat(event(events)).contains("data: <div class=\"level-info\">[info] to all</div>");
                }
            } finally {
                for (BufferedReader events : open) {
                    events.close();
                }
            }
        }
    }

    @Nested
    class Answers303And404 {
        @Test
        void toNobodyAndToWhoSeesNoDeployment() {
            Deployment place = api.healthy("logs");

            Answer nobody = api.send(
                    api.request(path(place, "")).header("Accept", "text/html").GET());
            assertThat(nobody.status()).isEqualTo(303);
            assertThat(nobody.header("Location")).contains("/sign-in?next=");
            assertThat(Browser.with(api, Role.WORKSPACE_ACCESSOR)
                            .get(path(place, ""))
                            .status())
                    .isEqualTo(404);
        }
    }

    private void print(DeploymentId id, String... lines) {
        api.behind().componentLogs().print(id, "scheduler", lines);
    }

    private static BufferedReader open(Browser browser, String path) throws IOException, InterruptedException {
        HttpResponse<InputStream> response = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(browser.request(path).GET().build(), HttpResponse.BodyHandlers.ofInputStream());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
        return new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    /// The lines of the next event; comments, which keep the connection alive, are none.
    private static List<String> event(BufferedReader events) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = events.readLine(); line != null; line = events.readLine()) {
            if (line.isEmpty() && !lines.isEmpty()) {
                return lines;
            }
            if (!line.isEmpty() && !line.startsWith(":")) {
                lines.add(line);
            }
        }
        return lines;
    }

    private static String path(Deployment place, String rest) {
        return "/deployments/" + place.id() + "/logs" + rest;
    }

    private static Document page(Answer answer) {
        Document page = Jsoup.parse(answer.text());
        assertThat(page.select("h1")).as(answer.text()).hasSize(1);
        return page;
    }
}
