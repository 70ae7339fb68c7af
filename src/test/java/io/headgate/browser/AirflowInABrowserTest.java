package io.headgate.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Cookie;
import io.headgate.host.Wait;
import io.headgate.testing.Eventually;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/// Airflow's own pages, of a real Airflow: what somebody does there who is signed in, and what others get.
///
/// It needs a running Headgate and is run by `journeys/browsing.py`. Deadlines are those of a busy machine on which
/// Airflow's pages load for the first time.
@Tag("real-airflow-browser")
@ExtendWith(BrowserExtension.class)
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class AirflowInABrowserTest {
    private static final Duration LOAD_LIMIT = Duration.ofMinutes(1);
    private static final double LOAD_MILLIS = LOAD_LIMIT.toMillis();
    private static final Duration RUN_LIMIT = Duration.ofMinutes(3);
    private static final Duration TRIGGERED_LIMIT = Duration.ofSeconds(15);

    /// "Within seconds", on a busy machine.
    private static final double REFUSED_MILLIS = 10_000;

    private static final double PRESS_MILLIS = 5_000;
    private static final String DAG = "hello_headgate";
    private static final Pattern SIGN_IN = Pattern.compile("^Sign in");

    private final RunningHeadgate headgate = RunningHeadgate.fromEnvironment();

    /// What a script was answered.
    private record Answer(int status, String body) {}

    @BeforeAll
    static void bePatient() {
        PlaywrightAssertions.setDefaultAssertionTimeout(LOAD_MILLIS);
    }

    @Test
    void whoIsSignedInTriggersARunInTheirOwnNameAndReadsItsLog(Pages pages) throws InterruptedException {
        Visit person = signedIn(pages);
        // what Airflow's page says when it is left while it still reads
        person.tolerateWrong("TI summaries stream error");
        Page airflow = openAirflow(person, headgate.deployment());

        airflow.getByRole(AriaRole.LINK, named("Dags")).first().click();
        Locator dag = airflow.locator("a[href$='/dags/" + DAG + "']").first();
        assertThat(dag).isVisible();
        picture(airflow, "airflow-dags");
        dag.click();
        String before = newestRun(airflow);
        Eventually.holds("a run is triggered", RUN_LIMIT, () -> triggered(airflow, before));
        String run = newestRun(airflow);
        Answer triggered = ask(airflow, runs() + "/" + run, Map.of());
        assertThat(triggered.body())
                .contains("\"triggering_user_name\":\"" + headgate.owner().email() + "\"");

        airflow.locator("a[href*='/runs/" + run + "']").first().click();
        airflow.waitForURL(url -> url.contains("/runs/" + run));
        assertThat(ask(airflow, runs() + "/" + run + "/wait?interval=1", Map.of())
                        .body()
                        .lines()
                        .toList()
                        .getLast())
                .as("Airflow's answer when the run has ended")
                .containsPattern("\"state\": ?\"success\"");
        // the page looks again by itself until the run has ended
        assertThat(airflow.getByText("Running", new Page.GetByTextOptions().setExact(true)))
                .hasCount(0);
        assertThat(airflow.getByText(headgate.owner().email()).first()).isVisible();
        picture(airflow, "airflow-run");
        airflow.getByRole(AriaRole.CELL)
                .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("say_it"))
                .click();
        assertThat(airflow.getByText("Hello, world! Greetings from Headgate.").first())
                .isVisible();
        assertThat(airflow.url()).endsWith("/runs/" + run + "/tasks/say_it");
        picture(airflow, "airflow-log");
    }

    @Test
    void aStrangerIsLedToSignInAndTheirScriptsAreRefused(Pages pages) {
        URI origin = originOf(signedIn(pages), headgate.deployment());
        Visit stranger = visit(pages, origin);
        stranger.expectWrong("answered 401");
        stranger.expectWrong("status of 401");

        assertThat(ask(blankPage(stranger, origin), home() + "api/v2/dags", Map.of())
                        .status())
                .isEqualTo(401);
        for (String page : List.of("", "dags", "dags/" + DAG + "/runs")) {
            stranger.page().navigate(origin + home() + page);
            assertThat(stranger.page()).hasTitle(SIGN_IN);
            assertThat(stranger.page().url()).startsWith(headgate.controlPlane().toString());
        }

        headgate.owner().fillIn(stranger.page());
        stranger.page().waitForURL(origin + home() + "dags/" + DAG + "/runs");
        assertThat(ask(stranger.page(), home() + "api/v2/dags", Map.of()).status())
                .as("control: the same request of somebody who is signed in")
                .isEqualTo(200);
    }

    @Test
    void whoSignsOutIsRefusedAtTheOpenPageWithinSecondsAndLedToSignIn(Pages pages) {
        Visit person = signedIn(pages);
        Page airflow = openAirflow(person, headgate.deployment());
        assertThat(airflow.getByRole(AriaRole.LINK, named("Dags")).first()).isVisible();
        String origin = originOf(airflow).toString();
        Answers answers = new Answers(airflow, origin);
        answers.ask();
        airflow.waitForCondition(() -> answers.all().contains(200));
        assertThat(answers.all()).as("control: while signed in").doesNotContain(401);

        person.expectWrong("answered 401");
        person.expectWrong("status of 401");
        signOut(person.page());
        answers.fromNowOn();
        answers.ask();
        airflow.waitForCondition(
                () -> answers.all().contains(401), new Page.WaitForConditionOptions().setTimeout(REFUSED_MILLIS));
        assertThat(answers.toLaterRequests()).allMatch(status -> status == 401);

        airflow.navigate(origin + home() + "dags");
        assertThat(airflow).hasTitle(SIGN_IN);
        assertThat(airflow.url()).startsWith(headgate.controlPlane().toString());
    }

    @Test
    void theTokenOfAnotherDeploymentFindsNothingHere(Pages pages) {
        Visit program = visit(pages, headgate.gateway());
        program.expectWrong("answered 404");
        program.expectWrong("status of 404");
        Page page = blankPage(program, headgate.gateway());

        String path = "/api/v2/dags";
        Answer here = ask(page, "/" + headgate.namespace() + path, bearer(headgate.siblingToken()));
        Answer nowhere = ask(page, "/no-such-place-1234" + path, bearer(headgate.siblingToken()));
        assertThat(here.status()).isEqualTo(404);
        assertThat(here).isEqualTo(nowhere);

        String siblings =
                originOf(signedIn(pages), headgate.sibling()).getHost().split("\\.", 2)[0];
        assertThat(ask(page, "/" + siblings + path, bearer(headgate.siblingToken()))
                        .status())
                .as("control: the token is good, at its own Deployment")
                .isEqualTo(200);
        assertThat(ask(page, "/" + headgate.namespace() + path, bearer(headgate.token()))
                        .status())
                .as("control: there is something to be found")
                .isEqualTo(200);
    }

    @Test
    void theCookieOfAnotherDeploymentsAirflowIsWorthNothingHere(Pages pages) {
        Visit person = signedIn(pages);
        URI origin = originOf(person, headgate.deployment());
        Cookie own = pass(person, openAirflow(person, headgate.deployment()));
        Cookie foreign = pass(person, openAirflow(person, headgate.sibling()));
        assertThat(foreign.name).isEqualTo(own.name);

        Visit thief = visit(pages, origin);
        thief.expectWrong("answered 401");
        thief.expectWrong("status of 401");
        plant(thief, origin, foreign);
        assertThat(ask(blankPage(thief, origin), home() + "api/v2/dags", Map.of())
                        .status())
                .isEqualTo(401);
        thief.page().navigate(origin + home() + "dags");
        assertThat(thief.page()).hasTitle(SIGN_IN);

        Visit control = visit(pages, origin);
        plant(control, origin, own);
        assertThat(ask(blankPage(control, origin), home() + "api/v2/dags", Map.of())
                        .status())
                .as("control: planted in the same way, the right one counts")
                .isEqualTo(200);
    }

    /// Presses what a person would press next. While Airflow's page of a DAG still loads, it closes its dialog again,
    /// and
    /// the press may lead to no run.
    private boolean triggered(Page airflow, String before) {
        Locator.ClickOptions soon = new Locator.ClickOptions().setTimeout(PRESS_MILLIS);
        Locator dialog = airflow.getByRole(AriaRole.DIALOG);
        try {
            if (!dialog.isVisible()) {
                airflow.getByRole(AriaRole.BUTTON, named("Trigger")).first().click(soon);
            }
            // the parameters of the DAG are there
            dialog.getByText("Who is greeted").waitFor(new Locator.WaitForOptions().setTimeout(PRESS_MILLIS));
            dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Trigger"))
                    .last()
                    .click(soon);
            return Wait.until(TRIGGERED_LIMIT, () -> !newestRun(airflow).equals(before));
        } catch (TimeoutError _) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// Its id; empty if there was none yet.
    private String newestRun(Page airflow) {
        Matcher id = Pattern.compile("\"dag_run_id\":\"([^\"]+)\"")
                .matcher(ask(airflow, runs() + "?order_by=-run_after&limit=1", Map.of())
                        .body());
        return id.find() ? id.group(1) : "";
    }

    private String runs() {
        return home() + "api/v2/dags/" + DAG + "/dagRuns";
    }

    /// What scripts of an open page were answered by Airflow's API.
    private final class Answers {
        private final Page page;
        private final String origin;
        private final Set<Request> later = new HashSet<>();
        private final List<Integer> toLaterRequests = new ArrayList<>();
        private final List<Integer> all = new ArrayList<>();
        private boolean isLater;

        Answers(Page page, String origin) {
            this.page = page;
            this.origin = origin;
            page.onRequest(request -> {
                if (isLater) {
                    later.add(request);
                }
            });
            page.onResponse(response -> {
                Request request = response.request();
                if (request.url().startsWith(origin + home() + "api/") && !request.isNavigationRequest()) {
                    all.add(response.status());
                    if (later.contains(request)) {
                        toLaterRequests.add(response.status());
                    }
                }
            });
        }

        /// One more question; Airflow's page asks by itself, too, and may have been led to sign-in by an answer
        /// already.
        void ask() {
            try {
                if (page.url().startsWith(origin)) {
                    page.evaluate("path => { void fetch(path) }", home() + "api/v2/dags");
                }
            } catch (PlaywrightException _) {
                // it was just being led there
            }
        }

        List<Integer> all() {
            return all;
        }

        void fromNowOn() {
            isLater = true;
        }

        List<Integer> toLaterRequests() {
            return toLaterRequests;
        }
    }

    private Visit visit(Pages pages, URI server) {
        Visit visit = pages.at(headgate.controlPlane(), Look.usual()).alsoAt(server);
        visit.context().setDefaultTimeout(LOAD_MILLIS);
        return visit;
    }

    private Visit signedIn(Pages pages) {
        Visit person = visit(pages, headgate.controlPlane()).go("/sign-in");
        headgate.owner().fillIn(person.page());
        person.page().waitForURL(url -> !url.contains("/sign-in"));
        return person;
    }

    private void signOut(Page page) {
        page.locator("summary")
                .filter(new Locator.FilterOptions().setHasText(headgate.owner().email()))
                .click();
        page.getByRole(AriaRole.BUTTON, named("Sign out")).click();
        assertThat(page).hasTitle(SIGN_IN);
    }

    private Locator openButton(Visit person, String deployment) {
        return person.go("/deployments/" + deployment).page().getByRole(AriaRole.LINK, named("Open Airflow"));
    }

    private URI originOf(Visit person, String deployment) {
        URI address = URI.create(openButton(person, deployment).getAttribute("href"));
        return originOf(address);
    }

    private static URI originOf(URI address) {
        return URI.create(address.getScheme() + "://" + address.getRawAuthority());
    }

    private static URI originOf(Page page) {
        return originOf(URI.create(page.url()));
    }

    private Page openAirflow(Visit person, String deployment) {
        URI origin = originOf(person, deployment);
        person.alsoAt(origin);
        Page airflow = person.context()
                .waitForPage(() -> openButton(person, deployment).click());
        airflow.waitForURL(url -> url.startsWith(origin.toString()) && !url.contains("/.headgate/"));
        return airflow;
    }

    /// Where Airflow's pages are at a Deployment's own origin.
    private String home() {
        return "/" + headgate.namespace() + "/";
    }

    private static Cookie pass(Visit person, Page airflow) {
        return person.context().cookies(airflow.url()).stream()
                .filter(cookie -> cookie.name.startsWith("headgate-airflow"))
                .reduce((_, _) -> {
                    throw new AssertionError("more than one pass");
                })
                .orElseThrow();
    }

    private void plant(Visit visit, URI origin, Cookie cookie) {
        visit.context().addCookies(List.of(new Cookie(cookie.name, cookie.value).setUrl(origin + home())));
    }

    /// An empty page of an origin, which the test puts there, so that scripts of that origin can ask.
    private static Page blankPage(Visit visit, URI origin) {
        String address = origin + "/blank";
        visit.context()
                .route(
                        address,
                        route -> route.fulfill(new Route.FulfillOptions()
                                .setContentType("text/html")
                                .setBody("<!doctype html><link rel='icon' href='data:,'><title>blank</title>")));
        visit.page().navigate(address);
        return visit.page();
    }

    private static Answer ask(Page page, String path, Map<String, String> headers) {
        Map<?, ?> answer = (Map<?, ?>) page.evaluate("""
                ([path, headers, limit]) => fetch(path, {headers, signal: AbortSignal.timeout(limit)})
                    .then(async r => ({status: r.status, body: await r.text()}))""", List.of(path, headers, (double) RUN_LIMIT.toMillis()));
        return new Answer((Integer) requireNonNull(answer.get("status")), (String) requireNonNull(answer.get("body")));
    }

    private static Map<String, String> bearer(String token) {
        return Map.of("Authorization", "Bearer " + token);
    }

    private static void picture(Page page, String name) {
        // away from what was pressed, or its hint would hide what it covers
        page.mouse().move(Look.WIDE - 1, Look.HEIGHT - 1);
        Screenshots.asItIs(page, name);
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name);
    }
}
