package io.headgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.access.Role;
import io.headgate.access.Subject;
import io.headgate.deployment.AirflowChanges;
import io.headgate.identity.Session;
import io.headgate.kernel.DeploymentId;
import io.headgate.token.RequestLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Somebody who has signed on acts as themselves, at that one origin, for as long as they are signed in, and only
/// through its own pages.
class ActingByCookieTest {
    private static final String HOST = "quick.localhost:8889";
    private static final String OWN = "http://quick.localhost:8889";
    private static final String DAGS = "/quick/api/v2/dags";
    private static final String RUNS = "/quick/api/v2/dags/etl/dagRuns";
    private static final DeploymentId QUICK = TestGateway.HOME.deploymentId();
    private static final DeploymentId OTHER = TestGateway.FOREIGN.deploymentId();

    private ScriptedOrigin origin;
    private TestGateway gateway;
    private Session ada;
    private String cookie;

    @BeforeEach
    void start() {
        origin = ScriptedOrigin.agreeing();
        gateway = TestGateway.before(origin, RequestLimits.standard(() -> 0));
        ada = gateway.people().signIn("ada@example.com", Role.ORGANIZATION_OWNER);
        cookie = gateway.people().cookie(ada, QUICK);
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
        origin.close();
    }

    @Test
    void airflowLearnsWhoAsksAndWhatTheyMayDoAndNoCookie() throws IOException {
        assertThat(get(HOST, DAGS, cookie).status()).isEqualTo(200);

        ScriptedOrigin.Request request = origin.onlyRequest();
        assertThat(request.header("Cookie")).isEmpty();
        assertThat(told(request))
                .contains(
                        "\"sub\":\"ada@example.com\"", "deployment.airflow.dag.get", "deployment.airflow.website.get");
    }

    @Test
    void noCookieOfAirflowReachesTheBrowser() throws IOException {
        origin.nowAnswer(request -> request.lines(
                "HTTP/1.1 200 OK", "Set-Cookie: _token=x; Path=/", "Content-Length: 2", "X-Kept: 1", "", "{}"));

        RawResponse answer = get(HOST, DAGS, cookie);
        assertThat(answer.header("X-Kept")).isEqualTo("1");
        assertThat(answer.headers("Set-Cookie")).isEmpty();
    }

    @Test
    void thePermissionsAreThoseOfTheirRole() throws IOException {
        Session member = gateway.people().signIn("mo@example.com", Role.ORGANIZATION_MEMBER);
        String theirs = gateway.people().cookie(member, QUICK);

        assertThat(get(HOST, DAGS, theirs).status()).as("may not see it").isEqualTo(404);
        assertThat(get(HOST, "/quick/api/v2/auth/token", cookie).status())
                .as("a path without a row")
                .isEqualTo(404);
        assertThat(get(HOST, "/quick/auth/token", cookie).status()).isEqualTo(403);
        assertThat(get(HOST, DAGS, cookie).status()).isEqualTo(200);
        assertThat(gateway.refusals()).as("counted are tokens alone").isEmpty();
    }

    @Test
    void signingOutEndsItAtTheNextRequest() throws IOException {
        assertThat(get(HOST, DAGS, cookie).status()).isEqualTo(200);
        gateway.people().signOut(ada);

        assertThat(get(HOST, DAGS, cookie).status()).isEqualTo(401);
        assertThat(get(HOST, DAGS, cookie).body()).isEqualTo("{\"detail\":\"Not authenticated\"}");
        assertThat(origin.requests()).hasSize(1);
    }

    @Test
    void aCookieOfOneDeploymentIsWorthNothingAtAnother() throws IOException {
        String copied = cookie;

        assertThat(get("other.localhost:8889", "/other/api/v2/dags", copied).status())
                .isEqualTo(401);
        assertThat(get(HOST, "/other/api/v2/dags", copied).status()).isEqualTo(421);
        String own = gateway.people().cookie(ada, OTHER);
        assertThat(get("other.localhost:8889", "/other/api/v2/dags", own).status())
                .isEqualTo(200);
        assertThat(get(HOST, DAGS, own).status()).isEqualTo(401);
    }

    @Test
    void atThePlainHostNoCookieIsLookedAt() throws IOException {
        assertThat(get("localhost:8889", DAGS, cookie).status()).isEqualTo(401);
        assertThat(get("localhost:8889", DAGS, cookie, "Accept: text/html").status())
                .isEqualTo(401);
        assertThat(get("localhost:8889", DAGS, "Authorization: Bearer " + gateway.everything(), cookie)
                        .status())
                .isEqualTo(200);
        assertThat(get(HOST, DAGS, cookie).status()).isEqualTo(200);
    }

    /// Whoever presents a token means it, also if it is bad.
    @Test
    void aBearerWinsOverTheCookie() throws IOException {
        assertThat(get(HOST, DAGS, cookie, "Authorization: Bearer never-issued").status())
                .isEqualTo(401);
        assertThat(get(HOST, DAGS, cookie, "Authorization: Bearer " + gateway.everything())
                        .status())
                .isEqualTo(200);
        assertThat(told(origin.onlyRequest())).contains("\"sub\":\"token:nightly-build\"");
    }

    @Test
    void amongCookiesThatSomebodyElsePlantedTheGoodOneCounts() throws IOException {
        String planted = cookie.replace("Cookie: ", "Cookie: headgate-airflow-8889=planted.k1.x; ");

        assertThat(get(HOST, DAGS, planted).status()).isEqualTo(200);
        assertThat(get(HOST, DAGS, "Cookie: headgate-airflow-8889=planted.k1.x").status())
                .isEqualTo(401);
    }

    @Test
    void noLimitOfRequestsHolds() throws IOException {
        try (RawClient client = gateway.connect()) {
            for (int i = 0; i < 250; i++) {
                assertThat(client.exchange(request("GET", HOST, DAGS, cookie)).status())
                        .isEqualTo(200);
            }
            String bearer = "Authorization: Bearer " + gateway.everything();
            int status = 200;
            for (int i = 0; i < 250 && status == 200; i++) {
                status = client.exchange(request("GET", HOST, DAGS, bearer)).status();
            }
            assertThat(status).as("control: of a token it does").isEqualTo(429);
        }
    }

    /// Item 45. Plugin pages of a sibling may be of the same site, so the cookie comes along with what they send.
    @Test
    void whatChangesSomethingMustComeFromAPageOfThatOrigin() throws IOException {
        for (String foreign : List.of(
                "X-Note: no origin at all",
                "Origin: http://other.localhost:8889",
                "Origin: http://quick.localhost",
                "Origin: https://quick.localhost:8889",
                "Origin: http://localhost:8889",
                "Origin: null",
                "Origin: " + OWN + "\r\nOrigin: http://evil.example",
                "Sec-Fetch-Site: same-site",
                "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document",
                "Sec-Fetch-Site: none")) {
            RawResponse refused = post(foreign, cookie);
            assertThat(refused.status()).as(foreign).isEqualTo(403);
            assertThat(refused.failure()).isEqualTo("gateway.foreign-origin");
            assertThat(refused.body()).contains(OWN);
        }
        assertThat(origin.requests()).isEmpty();

        assertThat(post("Origin: " + OWN, cookie).status()).isEqualTo(200);
        assertThat(post("Sec-Fetch-Site: same-origin", cookie).status()).isEqualTo(200);
        assertThat(post("Origin: http://evil.example", "Authorization: Bearer " + gateway.everything())
                        .status())
                .as("no browser adds a token by itself")
                .isEqualTo(200);
    }

    @Test
    void pagesOfOtherOriginsMayLinkHereAndNothingElse() throws IOException {
        for (String from : List.of("same-site", "cross-site")) {
            String site = "Sec-Fetch-Site: " + from + "\r\nSec-Fetch-Mode: ";
            assertThat(get(HOST, DAGS, cookie, site + "no-cors\r\nSec-Fetch-Dest: script")
                            .status())
                    .isEqualTo(403);
            assertThat(get(HOST, "/quick/", cookie, "Accept: text/html", site + "navigate\r\nSec-Fetch-Dest: iframe")
                            .status())
                    .isEqualTo(403);
            assertThat(get(HOST, "/quick/", cookie, "Accept: text/html", site + "navigate\r\nSec-Fetch-Dest: document")
                            .status())
                    .isEqualTo(200);
        }
        assertThat(get(HOST, DAGS, cookie, "Sec-Fetch-Site: same-origin").status())
                .isEqualTo(200);
    }

    /// U5, U7.
    @Test
    void whatTheyChangeIsRecordedWithTheirName() throws IOException {
        assertThat(post("Origin: " + OWN, cookie).status()).isEqualTo(200);
        assertThat(get(HOST, DAGS, cookie).status()).isEqualTo(200);

        List<AirflowChanges.Change> changes = gateway.changes().drain();
        assertThat(changes)
                .singleElement()
                .satisfies(change -> assertThat(change.operation()).isEqualTo("POST /api/v2/dags/{dag_id}/dagRuns"));
        assertThat(changes.getFirst().subject())
                .isInstanceOfSatisfying(
                        Subject.User.class, user -> assertThat(user.email()).isEqualTo("ada@example.com"));
    }

    private RawResponse post(String... lines) throws IOException {
        return exchange(request("POST", HOST, RUNS, lines)
                        .replace("\r\n\r\n", "\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n")
                + "{}");
    }

    private RawResponse get(String host, String path, String... lines) throws IOException {
        return exchange(request("GET", host, path, lines));
    }

    private RawResponse exchange(String request) throws IOException {
        try (RawClient client = gateway.connect()) {
            return client.exchange(request);
        }
    }

    private static String request(String method, String host, String path, String... lines) {
        return "%s %s HTTP/1.1\r\nHost: %s\r\n%s\r\n\r\n".formatted(method, path, host, String.join("\r\n", lines));
    }

    private static String told(ScriptedOrigin.Request request) {
        String jwt = request.header("Authorization").substring("Bearer ".length());
        return new String(Base64.getUrlDecoder().decode(jwt.split("\\.", -1)[1]), StandardCharsets.UTF_8);
    }
}
