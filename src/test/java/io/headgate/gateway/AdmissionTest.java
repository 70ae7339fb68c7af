package io.headgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.access.DeploymentPermission;
import io.headgate.access.Grant;
import io.headgate.access.Role;
import io.headgate.access.Scope;
import io.headgate.deployment.DeploymentRoute.State;
import io.headgate.kernel.ApiTokenId;
import io.headgate.kernel.WorkspaceId;
import io.headgate.token.TokenVerdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Who learns what: a stranger nothing, a caller only about what is theirs.
class AdmissionTest {
    private static final String DAGS = TestGateway.API + "/dags";

    private ScriptedOrigin origin;
    private TestGateway gateway;

    @BeforeEach
    void start() {
        origin = ScriptedOrigin.agreeing();
        gateway = TestGateway.before(origin);
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
        origin.close();
    }

    @Test
    void aStrangerGetsTheSameAnswerForEveryPath() throws IOException {
        String known = anonymous(DAGS).comparable();

        assertThat(List.of("/other/api/v2/dags", "/missing/api/v2/dags", "/quick/nothing", "/", "/quick/auth/token"))
                .allSatisfy(path -> assertThat(anonymous(path).comparable()).isEqualTo(known));
        assertThat(anonymous(DAGS).status()).isEqualTo(401);
        assertThat(anonymous(DAGS).header("WWW-Authenticate")).isEqualTo("Bearer");
        assertThat(exchange(gateway.everything(), DAGS).status()).isEqualTo(200);
    }

    @Test
    void anUnknownTokenIsRefusedOnEveryPath() throws IOException {
        RawResponse refused = exchange("never-issued", DAGS);

        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.header("WWW-Authenticate")).isEqualTo("Bearer error=\"invalid_token\"");
        assertThat(exchange("never-issued", "/missing/x").comparable()).isEqualTo(refused.comparable());
    }

    @Test
    void onlyTheHolderOfAnExpiredTokenLearnsWhenItEnded() throws IOException {
        String expired = gateway.token(new TokenVerdict.Expired(
                new ApiTokenId(TestGateway.id("expired")), Instant.parse("2026-03-01T12:00:00Z")));

        RawResponse holder = exchange(expired, DAGS);
        assertThat(holder.status()).isEqualTo(401);
        assertThat(holder.body()).contains("2026-03-01T12:00:00Z");
        assertThat(holder.header("WWW-Authenticate")).isEqualTo("Bearer error=\"invalid_token\"");
        assertThat(exchange(expired + "x", DAGS).body()).doesNotContain("2026");
    }

    @Test
    void aTokenThatCannotBeCheckedIsNotLetThrough() throws IOException {
        RawResponse refused = exchange(gateway.token(new TokenVerdict.Unavailable()), DAGS);

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.header("Retry-After")).isEqualTo("5");
        assertThat(origin.requests()).isEmpty();
    }

    @Test
    void aDefectOfOursLetsNobodyThroughAndTellsNothing() throws IOException {
        RawResponse failed = exchange(TestGateway.EXPLODING, DAGS);

        assertThat(failed.status()).isEqualTo(500);
        assertThat(failed.failure()).isEqualTo("gateway.internal");
        assertThat(failed.body()).doesNotContain("planted");
        assertThat(origin.requests()).isEmpty();
        assertThat(exchange(gateway.everything(), DAGS).status()).isEqualTo(200);
    }

    @Test
    void otherSchemesAreNoCredential() throws IOException {
        String token = gateway.everything();
        for (String value : List.of("Basic " + token, token, "Bearer", "Bearer a b", "Bearer \"x\"")) {
            try (RawClient client = gateway.connect()) {
                assertThat(client.exchange(request(DAGS, "Authorization: " + value))
                                .failure())
                        .isEqualTo("gateway.not-authenticated");
            }
        }
        try (RawClient client = gateway.connect()) {
            assertThat(client.exchange(request(DAGS, "aUtHoRiZaTiOn:  bEARER  " + token))
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void foreignMissingAndUnknownAreOneAndTheSame() throws IOException {
        String missing = exchange(gateway.everything(), "/missing/api/v2/dags").comparable();

        assertThat(missing).contains("404").endsWith("{\"detail\":\"Not Found\"}");
        assertThat(exchange(gateway.everything(), "/other/api/v2/dags").comparable())
                .isEqualTo(missing);
        assertThat(exchange(gateway.everything(), "/other/auth/token").comparable())
                .isEqualTo(missing);
        assertThat(exchange(gateway.everything(), "/quick/api/v2/nothing").comparable())
                .isEqualTo(missing);
        assertThat(exchange(gateway.everything(), "/").comparable()).isEqualTo(missing);
        assertThat(origin.requests()).isEmpty();
        assertThat(exchange(gateway.everything(), DAGS).status()).isEqualTo(200);
    }

    /// R4, R20: one token for all Deployments of a Workspace, also for those that come later.
    @Test
    void aWorkspaceTokenReachesEveryDeploymentOfItsWorkspace() throws IOException {
        String member = gateway.token(List.of(Role.WORKSPACE_MEMBER.in(TestGateway.HOME.workspace())));

        assertThat(exchange(member, DAGS).status()).isEqualTo(200);
        assertThat(exchange(member, "/other/api/v2/dags").status()).isEqualTo(200);
        assertThat(exchange(member, "/later/api/v2/dags").status()).isEqualTo(404);
        gateway.put(TestGateway.deployment("later"), "later", TestGateway.serving(origin.address()));
        assertThat(exchange(member, "/later/api/v2/dags").status()).isEqualTo(200);
        assertThat(exchange(member, "/quick/api/v2/connections").status()).isEqualTo(403);
    }

    /// R4, item 32: a Deployment that no grant covers is not there, whatever else the token holds.
    @Test
    void whatNoGrantCoversIsMissing() throws IOException {
        String missing = exchange(gateway.everything(), "/missing/api/v2/dags").comparable();
        Scope.OfWorkspace workspace = TestGateway.HOME.workspace();
        Scope.OfWorkspace another =
                new Scope.OfWorkspace(workspace.organizationId(), new WorkspaceId(TestGateway.id("another")));
        Scope.OfOrganization organization = new Scope.OfOrganization(workspace.organizationId());

        for (Grant grant : List.of(
                Role.WORKSPACE_OWNER.in(another),
                Role.WORKSPACE_ACCESSOR.in(workspace),
                Role.ORGANIZATION_BILLING_ADMIN.in(organization))) {
            assertThat(exchange(gateway.token(List.of(grant)), DAGS).comparable())
                    .isEqualTo(missing);
        }
        assertThat(origin.requests()).isEmpty();
        assertThat(exchange(gateway.token(List.of(Role.ORGANIZATION_OWNER.in(organization))), DAGS)
                        .status())
                .isEqualTo(200);
    }

    /// Airflow is told what the token may do in that very Deployment, which is not what it may do in the next.
    @Test
    void eachDeploymentIsToldTheRightsThere() throws IOException {
        String token = gateway.token(List.of(
                Role.WORKSPACE_MEMBER.in(TestGateway.HOME.workspace()), Role.DEPLOYMENT_ADMIN.in(TestGateway.HOME)));

        assertThat(exchange(token, DAGS).status()).isEqualTo(200);
        assertThat(exchange(token, "/other/api/v2/dags").status()).isEqualTo(200);
        assertThat(exchange(token, "/quick/api/v2/connections").status()).isEqualTo(200);
        assertThat(exchange(token, "/other/api/v2/connections").status()).isEqualTo(403);

        assertThat(told(0)).contains("deployment.airflow.connection.get", "deployment.airflow.dag.get");
        assertThat(told(1)).contains("deployment.airflow.dag.get").doesNotContain("deployment.airflow.connection.get");
    }

    private String told(int request) {
        String jwt = origin.requests().get(request).header("Authorization").substring("Bearer ".length());
        return new String(Base64.getUrlDecoder().decode(jwt.split("\\.", -1)[1]), StandardCharsets.UTF_8);
    }

    @Test
    void whatIsMissingIsNamedOnlyOnAnOwnDeployment() throws IOException {
        RawResponse refused =
                exchange(gateway.token(Set.of(DeploymentPermission.AIRFLOW_POOL_GET)), "/quick/ui/next_run_assets/d");

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body())
                .isEqualTo("{\"detail\":\"Forbidden: this needs deployment.airflow.dag.get"
                        + " and deployment.airflow.datasets.get and deployment.airflow.website.get\"}");
        assertThat(refused.header("WWW-Authenticate"))
                .isEqualTo("Bearer error=\"insufficient_scope\", scope=\"deployment.airflow.dag.get"
                        + " deployment.airflow.datasets.get deployment.airflow.website.get\"");
    }

    @Test
    void aMethodThatAPathDoesNotHaveIsNamedWithThoseItHas() throws IOException {
        try (RawClient client = gateway.connect()) {
            client.send(gateway.request("HEAD", DAGS));
            List<String> head = client.responseHead();
            assertThat(head.getFirst()).contains("405");
            assertThat(HttpText.header(head, "Allow")).isEqualTo("GET, PATCH");
            assertThat(client.exchange(gateway.request("GET", DAGS)).status()).isEqualTo(200);
        }
    }

    @Test
    void aDeploymentThatDoesNotServeSaysWhyToThoseWhoMayAsk() throws IOException {
        gateway.put(TestGateway.HOME, TestGateway.NAMESPACE, new State.NotServing("the Deployment is starting", 7));

        RawResponse waiting = exchange(gateway.everything(), DAGS);
        assertThat(waiting.status()).isEqualTo(503);
        assertThat(waiting.body()).isEqualTo("{\"detail\":\"the Deployment is starting\"}");
        assertThat(waiting.header("Retry-After")).isEqualTo("7");
        assertThat(exchange(gateway.token(Set.of()), DAGS).status()).isEqualTo(403);
        assertThat(exchange(gateway.everything(), "/quick/api/v2/nothing").status())
                .isEqualTo(404);
    }

    @Test
    void anAirflowWithoutARouteTableIsNotServed() throws IOException {
        gateway.put(
                TestGateway.HOME,
                TestGateway.NAMESPACE,
                new State.Serving(origin.address(), TestGateway.SIGNING, "9.9.9"));

        assertThat(exchange(gateway.everything(), DAGS).status()).isEqualTo(503);
        assertThat(origin.requests()).isEmpty();
    }

    private RawResponse anonymous(String path) throws IOException {
        try (RawClient client = gateway.connect()) {
            return client.exchange(request(path, "Accept: */*"));
        }
    }

    private RawResponse exchange(String token, String path) throws IOException {
        try (RawClient client = gateway.connect()) {
            return client.exchange(gateway.requestAs(token, "GET", path));
        }
    }

    private String request(String path, String header) {
        return "GET %s HTTP/1.1\r\nHost: localhost:%d\r\n%s\r\n\r\n".formatted(path, gateway.port(), header);
    }
}
