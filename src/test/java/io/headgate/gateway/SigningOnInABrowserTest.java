package io.headgate.gateway;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.headgate.browser.BrowserTest;
import io.headgate.browser.Look;
import io.headgate.browser.Pages;
import io.headgate.browser.Visit;
import io.headgate.host.FreePorts;
import io.headgate.token.RequestLimits;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a real browser makes of two origins, redirects between them, `SameSite` and a fenced form.
@BrowserTest
class SigningOnInABrowserTest {
    /// A page that behaves as Airflow's does: it changes something by script, and on 401 goes to Airflow's sign-in.
    private static final String AIRFLOW = """
            <!doctype html><html lang="en"><title>DAGs</title><link rel="icon" href="data:,">
            <button onclick="trigger()">Trigger</button><p id="said"></p>
            <script>
            async function trigger() {
              const answer = await fetch('/quick/api/v2/dags/etl/dagRuns', {method: 'POST',
                  headers: {'Content-Type': 'application/json'}, body: '{}'});
              document.getElementById('said').textContent = 'answered ' + answer.status;
              if (answer.status === 401)
                location.replace('/quick/api/v2/auth/login?next=' + encodeURIComponent(location.pathname));
            }
            </script>""";

    private ScriptedOrigin airflow;
    private int port;

    @BeforeEach
    void start() {
        port = FreePorts.any();
        airflow = ScriptedOrigin.answering(request -> {
            request.body();
            if (request.method().equals("GET")) {
                request.lines(
                        "HTTP/1.1 200 OK",
                        "Content-Type: text/html;charset=UTF-8",
                        "Content-Length: " + AIRFLOW.getBytes(StandardCharsets.UTF_8).length,
                        "",
                        AIRFLOW);
            } else {
                request.ok("{}");
            }
        });
    }

    @AfterEach
    void stop() throws IOException {
        airflow.close();
    }

    @Test
    void leadsToTheWantedPageAndBackToSignInWhenTheSessionEnds(Pages pages) {
        try (ScriptedControlPlane controlPlane = new ScriptedControlPlane(false);
                TestGateway gateway = gatewayBehind(controlPlane)) {
            Visit visit = visit(pages);
            Page page = visit.page();
            visit.expectWrong("asks another origin");

            visit.go("/quick/dags");
            assertThat(page).hasTitle("Sign in");
            page.getByText("Sign in").click();
            page.waitForURL(origin() + "/quick/dags");
            page.getByText("Trigger").click();
            assertThat(page.locator("#said")).hasText("answered 200");
            assertThat(visit.context().cookies(origin() + "/quick/"))
                    .singleElement()
                    .satisfies(cookie -> {
                        assertThat(cookie.httpOnly).isTrue();
                        assertThat(cookie.name).isEqualTo("headgate-airflow-" + port);
                    });
            assertThat(page.evaluate("document.cookie")).isEqualTo("");

            controlPlane.signOut();
            visit.expectWrong("answered 401");
            visit.expectWrong("status of 401");
            page.getByText("Trigger").click();
            assertThat(page).hasTitle("Sign in");
            page.getByText("Sign in").click();
            page.waitForURL(origin() + "/quick/dags");
            assertThat(gateway.changes().drain()).hasSize(1);
        }
    }

    /// Why the page that follows a sign-in leads on by itself: this is what a redirect would come to.
    @Test
    void isStoppedByTheFenceOfTheFormIfARedirectFollowsIt(Pages pages) {
        try (ScriptedControlPlane controlPlane = new ScriptedControlPlane(true);
                TestGateway gateway = gatewayBehind(controlPlane)) {
            Visit visit = visit(pages);
            visit.expectWrong("asks another origin");
            visit.expectWrong("breach of the content security policy: form-action");
            visit.expectWrong("violates the following Content Security Policy");

            visit.go("/quick/dags");
            visit.page().getByText("Sign in").click();

            visit.page().waitForCondition(() -> visit.wrongs().stream().anyMatch(wrong -> wrong.contains("breach")));
            assertThat(visit.page()).hasTitle("Sign in");
            assertThat(gateway.changes().drain()).isEmpty();
        }
    }

    private TestGateway gatewayBehind(ScriptedControlPlane controlPlane) {
        TestGateway gateway = TestGateway.before(
                airflow.address(),
                settings -> new GatewaySettings(
                        settings.bindAddress(),
                        port,
                        URI.create("http://localhost:" + port),
                        settings.baseDomain(),
                        settings.deploymentHosts(),
                        settings.trustedProxies(),
                        settings.limits(),
                        settings.timeouts()),
                RequestLimits.none(),
                controlPlane.url());
        controlPlane.isInFrontOf(gateway);
        return gateway;
    }

    private Visit visit(Pages pages) {
        return pages.at(URI.create(origin()), Look.usual());
    }

    private String origin() {
        return "http://quick.localhost:" + port;
    }
}
