package io.headgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.access.Role;
import io.headgate.deployment.DeploymentRoute.State;
import io.headgate.identity.Session;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Where a program gets JSON, a person who navigates gets a page.
class PagesForPeopleTest {
    private static final String NAVIGATES = "Accept: text/html,application/xhtml+xml";
    private static final String ASKS = "Accept: application/json";

    private ScriptedOrigin origin;
    private TestGateway gateway;
    private String cookie;

    @BeforeEach
    void start() {
        origin = ScriptedOrigin.agreeing();
        gateway = TestGateway.before(origin);
        Session ada = gateway.people().signIn("ada@example.com", Role.ORGANIZATION_OWNER);
        cookie = gateway.people().cookie(ada, TestGateway.HOME.deploymentId());
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
        origin.close();
    }

    @Test
    void aDeploymentThatIsStartingSaysSoAndIsAskedAgain() throws IOException {
        gateway.put(
                TestGateway.HOME, TestGateway.NAMESPACE, new State.NotServing("the Deployment is <b>starting</b>", 7));

        RawResponse page = get("/quick/", cookie, NAVIGATES);
        assertThat(page.status()).isEqualTo(503);
        assertThat(page.failure()).isEqualTo("gateway.deployment-not-serving");
        assertThat(page.header("Content-Type")).isEqualTo("text/html;charset=UTF-8");
        assertThat(page.header("Retry-After")).isEqualTo("7");
        assertThat(page.header("Content-Security-Policy")).contains("default-src 'none'", "frame-ancestors 'none'");
        assertThat(page.header("Cache-Control")).isEqualTo("no-store");
        assertThat(page.body())
                .contains(
                        "<meta http-equiv=\"refresh\" content=\"7\">",
                        "The Deployment is &lt;b&gt;starting&lt;/b&gt;. This page asks again by itself.",
                        page.header("X-Request-Id"));

        assertThat(get("/quick/api/v2/dags", cookie, ASKS).body())
                .isEqualTo("{\"detail\":\"the Deployment is <b>starting</b>\"}");
        assertThat(get("/quick/", "Authorization: Bearer " + gateway.everything(), NAVIGATES)
                        .header("Content-Type"))
                .as("whoever presents a token is a program")
                .isEqualTo("application/json");
    }

    /// airflow-verified §6, rule 3: passed on, it would send Airflow's page around in circles.
    @Test
    void anAirflowThatRefusesUsIsNotTheirFault() throws IOException {
        origin.nowAnswer(request -> request.lines("HTTP/1.1 401 Unauthorized", "Content-Length: 2", "", "{}"));

        RawResponse page = get("/quick/", cookie, NAVIGATES);
        assertThat(page.status()).isEqualTo(502);
        assertThat(page.body()).contains("<h1>Airflow does not answer</h1>");
        assertThat(get("/quick/api/v2/dags", cookie, ASKS).status()).isEqualTo(502);
        assertThat(get("/quick/api/v2/dags", cookie, ASKS).header("Content-Type"))
                .isEqualTo("application/json");
    }

    @Test
    void whatIsMissingIsAPageToo() throws IOException {
        assertThat(get("/quick/static/../x", cookie, NAVIGATES).body()).contains("<h1>That did not work</h1>");
        assertThat(get("/quick/api/v2/nothing", cookie, NAVIGATES).body()).contains("<h1>Page not found</h1>");
        assertThat(get("/quick/api/v2/nothing", cookie, ASKS).body()).isEqualTo("{\"detail\":\"Not Found\"}");
    }

    /// A browser says more than what it accepts: a script that accepts pages is none that goes to one.
    @Test
    void aScriptThatAcceptsPagesIsNoNavigation() throws IOException {
        assertThat(get("/quick/", NAVIGATES, "Sec-Fetch-Mode: cors").status()).isEqualTo(401);
        assertThat(get("/quick/", NAVIGATES, "Sec-Fetch-Mode: navigate").status())
                .isEqualTo(302);
        assertThat(get("/quick/", NAVIGATES).status()).isEqualTo(302);
        assertThat(get("/quick/", "Accept: */*").status()).isEqualTo(401);
    }

    @Test
    void theStyleIsTheOneThatThePolicyAllows() throws Exception {
        String page = get("/quick/.headgate/sign-in", NAVIGATES).body();
        String style = page.substring(page.indexOf("<style>") + "<style>".length(), page.indexOf("</style>"));
        String hash = Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8)));

        assertThat(RefusalPage.POLICY).contains("style-src 'sha256-" + hash + "'");
    }

    private RawResponse get(String path, String... lines) throws IOException {
        try (RawClient client = gateway.connect()) {
            return client.exchange("GET %s HTTP/1.1\r\nHost: quick.localhost:8889\r\n%s\r\n\r\n"
                    .formatted(path, String.join("\r\n", lines)));
        }
    }
}
