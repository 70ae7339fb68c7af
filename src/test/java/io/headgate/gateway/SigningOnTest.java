package io.headgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.access.Role;
import io.headgate.identity.Session;
import io.headgate.kernel.DeploymentId;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A person comes to the origin of a Deployment and, signed in at the control plane, ends where they wanted to go.
class SigningOnTest {
    private static final String HOST = "quick.localhost:8889";
    private static final DeploymentId QUICK = TestGateway.HOME.deploymentId();

    private ScriptedOrigin origin;
    private TestGateway gateway;
    private Session ada;

    @BeforeEach
    void start() {
        origin = ScriptedOrigin.agreeing();
        gateway = TestGateway.before(origin);
        ada = gateway.people().signIn("ada@example.com", Role.ORGANIZATION_OWNER);
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
        origin.close();
    }

    @Test
    void fromTheFirstPageToTheControlPlaneAndBack() throws IOException {
        RawResponse away = browse(HOST, "/quick/dags/etl?tab=runs");
        assertThat(away.status()).isEqualTo(302);
        String state = parameter(away, "state");
        assertThat(away.header("Location"))
                .isEqualTo("http://localhost:8888/airflow-sign-in?namespace=quick&state=" + state
                        + "&next=%2Fquick%2Fdags%2Fetl%3Ftab%3Druns");
        assertThat(state).hasSizeGreaterThanOrEqualTo(22);
        assertThat(away.headers("Set-Cookie"))
                .containsExactly("headgate-airflow-state-8889-%s=%s; Path=/quick/.headgate/sign-in; Max-Age=600;"
                                .formatted(state.substring(0, 8), state)
                        + " HttpOnly; SameSite=Lax");
        assertThat(origin.requests()).isEmpty();

        String code = code(QUICK, state, parameter(away, "next"));
        RawResponse back = browse(HOST, "/quick/.headgate/sign-in?code=" + code, cookies(away));
        assertThat(back.status()).isEqualTo(303);
        assertThat(back.header("Location")).isEqualTo("/quick/dags/etl?tab=runs");
        assertThat(back.header("Cache-Control")).isEqualTo("no-store");
        assertThat(back.headers("Set-Cookie")).hasSize(2);
        assertThat(back.headers("Set-Cookie").getFirst())
                .startsWith("headgate-airflow-8889=" + ada.id() + ".")
                .contains("; Path=/quick/; Max-Age=")
                .endsWith("; HttpOnly; SameSite=Lax");
        assertThat(back.headers("Set-Cookie").getLast()).contains("=; ", "Max-Age=0");

        assertThat(browse(HOST, back.header("Location"), cookies(back)).status())
                .isEqualTo(200);
        assertThat(origin.onlyRequest().target()).isEqualTo("/quick/dags/etl?tab=runs");
    }

    /// Over https no page of a sibling origin can plant a cookie that a browser takes for ours.
    @Test
    void overHttpsWithCookiesOfThisVeryHost() throws IOException {
        try (TestGateway secure = TestGateway.before(origin, TlsInFront::settings)) {
            Session eve = secure.people().signIn("eve@example.com", Role.ORGANIZATION_OWNER);
            String host = "quick.apps.example.com";
            RawResponse away = exchange(secure, get(host, "/quick/"));
            assertThat(away.headers("Set-Cookie").getFirst())
                    .startsWith("__Host-headgate-airflow-state-")
                    .contains("; Path=/; ")
                    .endsWith("; HttpOnly; SameSite=Lax; Secure");

            String code = secure.people()
                    .code(eve, QUICK, parameter(away, "state"), "/quick/")
                    .reveal();
            RawResponse back = exchange(secure, get(host, "/quick/.headgate/sign-in?code=" + code, cookies(away)));
            assertThat(back.headers("Set-Cookie").getFirst())
                    .startsWith("__Host-headgate-airflow=")
                    .contains("; Path=/; ")
                    .endsWith("; HttpOnly; SameSite=Lax; Secure");
            assertThat(exchange(secure, get(host, "/quick/", cookies(back))).status())
                    .isEqualTo(200);
        }
    }

    @Test
    void alsoAtAHostThatADeploymentHasForItself() throws IOException {
        try (TestGateway secure = TestGateway.before(origin, TlsInFront::settings)) {
            String host = "reports.example.com";

            assertThat(exchange(secure, get(host, "/quick/")).header("Location"))
                    .startsWith("http://localhost:8888/airflow-sign-in?namespace=quick&");
            assertThat(exchange(secure, get(host, "/")).header("Location")).isEqualTo("/quick/");
            assertThat(exchange(secure, get(host, "/other/")).status()).isEqualTo(421);
            assertThat(exchange(secure, get(host, "/quick/.headgate/sign-in")).body())
                    .contains("href=\"https://reports.example.com/quick/\"");
        }
    }

    /// Otherwise somebody could sign another person on as themselves, and see what that one does there.
    @Test
    void notWithACodeThatThisBrowserDidNotAskFor() throws IOException {
        RawResponse ours = browse(HOST, "/quick/");
        RawResponse theirs = browse(HOST, "/quick/");
        String state = parameter(theirs, "state");

        assertUnfinished(browse(HOST, finish(code(QUICK, state, "/quick/"))));
        assertUnfinished(browse(HOST, finish(code(QUICK, state, "/quick/")), cookies(ours)));
        assertThat(browse(HOST, finish(code(QUICK, state, "/quick/")), cookies(theirs))
                        .status())
                .isEqualTo(303);
    }

    @Test
    void notWithACodeOfAnotherDeploymentNorTwiceNorWithout() throws IOException {
        RawResponse away = browse(HOST, "/quick/");
        String state = parameter(away, "state");
        String foreign = code(TestGateway.FOREIGN.deploymentId(), state, "/quick/");
        String good = code(QUICK, state, "/quick/");

        assertUnfinished(browse(HOST, finish(foreign), cookies(away)));
        assertThat(browse(HOST, finish(good), cookies(away)).status()).isEqualTo(303);
        assertUnfinished(browse(HOST, finish(good), cookies(away)));
        assertUnfinished(browse(HOST, finish("made-up"), cookies(away)));
        assertUnfinished(browse(HOST, "/quick/.headgate/sign-in", cookies(away)));
        assertUnfinished(browse(HOST, "/quick/.headgate/sign-in?code=%zz", cookies(away)));
        assertUnfinished(browse("missing.localhost:8889", "/missing/.headgate/sign-in?code=" + good, cookies(away)));
    }

    @Test
    void inSeveralTabsAtOnce() throws IOException {
        RawResponse first = browse(HOST, "/quick/dags");
        RawResponse second = browse(HOST, "/quick/assets");
        String both = cookies(first) + "; " + cookies(second).substring("Cookie: ".length());

        for (RawResponse tab : List.of(second, first)) {
            String code = code(QUICK, parameter(tab, "state"), parameter(tab, "next"));
            assertThat(browse(HOST, finish(code), both).header("Location")).isEqualTo(parameter(tab, "next"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/",
                "//evil.example/",
                "/\\evil.example/",
                "/quick//evil.example",
                "/quick/\\evil",
                "/other/dags",
                "/quickly/",
                "/quick/../other/",
                "/quick/%2e%2e/other/",
                "/quick/a b",
                "/quick/x\r\nSet-Cookie: a=b",
                "javascript:alert(1)",
                "quick/dags",
                "",
                "/quick/.headgate/sign-in?code=x",
                "/quick/api/v2/auth/login?next=/quick/dags",
                "/quick/api/v2/auth%2flogin",
                "/quick/api/v2/auth/logout"
            })
    void andNeverAnywhereElse(String wanted) throws IOException {
        RawResponse away =
                browse(HOST, "/quick/api/v2/auth/login?next=" + URLEncoder.encode(wanted, StandardCharsets.UTF_8));
        assertThat(parameter(away, "next")).isEqualTo("/quick/");

        RawResponse back = browse(HOST, finish(code(QUICK, parameter(away, "state"), wanted)), cookies(away));
        assertThat(back.status()).isEqualTo(303);
        assertThat(back.header("Location")).isEqualTo("/quick/");
        assertThat(back.head()).noneMatch(line -> line.startsWith("Set-Cookie: a=b"));
        String control = code(QUICK, parameter(away, "state"), "/quick/dags?x=1");
        assertThat(browse(HOST, finish(control), cookies(away)).header("Location"))
                .isEqualTo("/quick/dags?x=1");
    }

    @Test
    void aPathThatIsTooLongForTheWayIsLeftOut() throws IOException {
        assertThat(parameter(browse(HOST, "/quick/dags?x=" + "a".repeat(1100)), "next"))
                .isEqualTo("/quick/");
        assertThat(parameter(browse(HOST, "/quick/dags?x=" + "a".repeat(900)), "next"))
                .hasSize(914);
    }

    /// What Airflow's pages do when we answer 401.
    @Test
    void airflowsOwnSignInAndSignOutAreOurs() throws IOException {
        RawResponse signIn = browse(HOST, "/quick/api/v2/auth/login?next=%2Fquick%2Fdags");
        assertThat(signIn.status()).isEqualTo(302);
        assertThat(parameter(signIn, "next")).isEqualTo("/quick/dags");
        RawResponse signOut = browse(HOST, "/quick/api/v2/auth/logout");
        assertThat(signOut.status()).isEqualTo(302);
        assertThat(signOut.header("Location")).isEqualTo("http://localhost:8888/account");
        assertThat(signOut.headers("Set-Cookie")).isEmpty();

        String cookie = gateway.people().cookie(ada, QUICK);
        assertThat(parameter(browse(HOST, "/quick/api/v2/auth/login", cookie), "next"))
                .isEqualTo("/quick/");
        assertThat(browse(HOST, "/quick/api/v2/auth/logout", cookie).status()).isEqualTo(302);
        assertThat(script("GET", "/quick/api/v2/auth/login", cookie).status()).isEqualTo(403);
        assertThat(script("GET", "/quick/api/v2/auth/login", "X-Note: none").status())
                .isEqualTo(401);
        assertThat(origin.requests()).isEmpty();
        assertThat(script("GET", "/quick/api/v2/dags", cookie).status())
                .as("a sign-out by a link ends nothing")
                .isEqualTo(200);
    }

    /// As a browser would: it follows whatever leads on, and comes to a page that does not.
    @Test
    void whoIsNotSignedInOrKeepsNoCookiesDoesNotGoInCircles() throws IOException {
        gateway.people().signOut(ada);
        String stale = gateway.people().cookie(ada, QUICK);
        RawResponse refused = script("GET", "/quick/ui/config", stale);
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.body()).isEqualTo("{\"detail\":\"Not authenticated\"}");
        RawResponse away = browse(HOST, "/quick/api/v2/auth/login?next=%2Fquick%2F", stale);
        assertThat(away.header("Location")).as("a page of the control plane").startsWith(TestGateway.CONTROL_PLANE);

        Session eve = gateway.people().signIn("eve@example.com", Role.ORGANIZATION_OWNER);
        String code = gateway.people()
                .code(eve, QUICK, parameter(away, "state"), "/quick/")
                .reveal();
        RawResponse end = browse(HOST, finish(code));
        assertUnfinished(end);
        assertThat(end.body()).doesNotContain("http-equiv=\"refresh\"");
        assertThat(end.head()).noneMatch(line -> line.startsWith("Location") || line.startsWith("Refresh"));
    }

    /// Where a stranger is led says nothing about what exists.
    @Test
    void aDeploymentThatDoesNotExistLooksLikeOneThatDoes() throws IOException {
        String there = browse(HOST, "/quick/").header("Location").replaceAll("state=[^&]*", "");
        String missing =
                browse("missing.localhost:8889", "/missing/").header("Location").replaceAll("state=[^&]*", "");

        assertThat(missing).isEqualTo(there.replace("quick", "missing"));
        assertThat(browse(
                                "missing.localhost:8889",
                                "/missing/",
                                gateway.people().cookie(ada, QUICK))
                        .header("Location"))
                .startsWith(TestGateway.CONTROL_PLANE + "/airflow-sign-in?namespace=missing&");
    }

    private void assertUnfinished(RawResponse response) {
        assertThat(response.status()).isEqualTo(400);
        assertThat(response.failure()).isEqualTo("gateway.sign-in-unfinished");
        assertThat(response.header("Content-Type")).isEqualTo("text/html;charset=UTF-8");
        assertThat(response.headers("Set-Cookie")).isEmpty();
        assertThat(response.body()).contains("Start again");
    }

    private static String finish(String code) {
        return "/quick/.headgate/sign-in?code=" + code;
    }

    private String code(DeploymentId deployment, String state, String next) {
        return gateway.people().code(ada, deployment, state, next).reveal();
    }

    private RawResponse browse(String host, String path, String... more) throws IOException {
        return exchange(gateway, get(host, path, more));
    }

    private RawResponse script(String method, String path, String more) throws IOException {
        return exchange(
                gateway,
                "%s %s HTTP/1.1\r\nHost: %s\r\nSec-Fetch-Mode: cors\r\nSec-Fetch-Site: same-origin\r\n%s\r\n\r\n"
                        .formatted(method, path, HOST, more));
    }

    private static String get(String host, String path, String... more) {
        return "GET %s HTTP/1.1\r\nHost: %s\r\nAccept: text/html,*/*\r\n%s\r\n"
                .formatted(path, host, more.length == 0 ? "" : String.join("\r\n", more) + "\r\n");
    }

    private static RawResponse exchange(TestGateway gateway, String request) throws IOException {
        try (RawClient client = gateway.connect()) {
            return client.exchange(request);
        }
    }

    /// As a browser sends back what it was given.
    private static String cookies(RawResponse response) {
        return response.headers("Set-Cookie").stream()
                .filter(cookie -> !cookie.contains("Max-Age=0"))
                .map(cookie -> cookie.substring(0, cookie.indexOf(';')))
                .collect(Collectors.joining("; ", "Cookie: ", ""));
    }

    private static String parameter(RawResponse response, String name) {
        String location = response.header("Location");
        for (String pair : location.substring(location.indexOf('?') + 1).split("&", -1)) {
            if (pair.startsWith(name + "=")) {
                return URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8);
            }
        }
        throw new AssertionError("no " + name + " in " + location);
    }
}
