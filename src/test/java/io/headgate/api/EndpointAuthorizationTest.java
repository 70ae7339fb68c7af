package io.headgate.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.access.PublicEndpoint;
import io.headgate.access.Role;
import io.headgate.access.SignedInEndpoint;
import io.headgate.alert.AlertType;
import io.headgate.alert.ChannelType;
import io.headgate.alert.NewAlert;
import io.headgate.alert.NewNotificationChannel;
import io.headgate.alert.Severity;
import io.headgate.config.ApiPaths;
import io.headgate.deploy.DeployType;
import io.headgate.deploy.NewDeploy;
import io.headgate.deployment.Deployment;
import io.headgate.kernel.AlertId;
import io.headgate.kernel.DeployId;
import io.headgate.kernel.NotificationChannelId;
import io.headgate.kernel.SecretText;
import io.headgate.organization.Workspace;
import io.headgate.testing.Golden;
import io.headgate.token.IssuedToken;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Item 31: every endpoint, called by every kind of caller; what is not in the golden table is not allowed.
///
/// Each call has a Deployment, a sibling and tokens of its own, so that deletions disturb nobody.
@QuarkusTest
class EndpointAuthorizationTest {
    @Inject
    TestApi api;

    private static final String LOGS = "GET /v1/organizations/{organizationId}/deployments/{deploymentId}/logs";
    private static final String ALERTS = "/platform/v1beta1/organizations/{organizationId}/alerts";
    private static final String CHANNELS = "/platform/v1beta1/organizations/{organizationId}/notification-channels";

    /// What to send to endpoints that need a body; `{…}` stands for ids of the scene.
    private static final Map<String, String> BODIES = Map.ofEntries(
            Map.entry(
                    "POST /v1/organizations/{organizationId}/workspaces/{workspaceId}",
                    "{\"name\": \"{unique}\", \"description\": \"\", \"cicdEnforcedDefault\": false}"),
            Map.entry("POST /v1/organizations/{organizationId}/deployments/{deploymentId}", """
                    {"type": "STANDARD", "name": "{unique}", "workspaceId": "{workspaceId}", "executor": "CELERY",
                     "schedulerSize": "", "isHighAvailability": false, "isCicdEnforced": false,
                     "isDagDeployEnabled": true, "environmentVariables": []}"""),
            Map.entry("POST /v1/organizations/{organizationId}/deployments/{deploymentId}/deployment-file", """
                    {"deployment": {"configuration": {"name": "{unique}", "executor": "CELERY"}}}"""),
            Map.entry("POST " + ALERTS, """
                    {"name": "x", "type": "DAG_FAILURE", "severity": "INFO", "entityType": "DEPLOYMENT",
                     "entityId": "{deploymentId}", "notificationChannelIds": ["{notificationChannelId}"]}"""),
            Map.entry("POST " + CHANNELS, """
                    {"name": "{unique}", "type": "SLACK", "entityType": "WORKSPACE", "entityId": "{workspaceId}",
                     "definition": {"webhookUrl": "https://hooks.example.com/x"}}"""),
            Map.entry("POST /v1/organizations/{organizationId}/workspaces", "{\"name\": \"{unique}\"}"),
            Map.entry(
                    "POST /v1/organizations/{organizationId}/deployments",
                    "{\"name\": \"{unique}\", \"workspaceId\": \"{workspaceId}\"}"),
            Map.entry(
                    "POST /v1/organizations/{organizationId}/deployments/{deploymentId}/deploys",
                    "{\"type\": \"DAG_ONLY\"}"),
            Map.entry(
                    "POST /v1/organizations/{organizationId}/deployments/{deploymentId}/deploys/{deployId}",
                    "{\"description\": \"x\"}"),
            Map.entry(
                    "POST /v1/organizations/{organizationId}/deployments/{deploymentId}/deploys/{deployId}/finalize",
                    "{}"),
            Map.entry(
                    "POST /v1/organizations/{organizationId}/deployments/{deploymentId}/deploys/{deployId}/rollback",
                    "{}"),
            Map.entry(
                    "POST /v1/organizations/{organizationId}/tokens",
                    "{\"name\": \"ci\", \"scope\": \"DEPLOYMENT\", \"entityId\": \"{deploymentId}\"}"),
            Map.entry("POST /v1/organizations/{organizationId}/tokens/{tokenId}", "{\"name\": \"renamed\"}"),
            Map.entry("POST /v1/organizations/{organizationId}/tokens/{tokenId}/roles", """
                    {"roles": [
                      {"entityType": "DEPLOYMENT", "entityId": "{deploymentId}", "role": "DEPLOYMENT_ADMIN"}]}"""),
            Map.entry("POST /v1/organizations/{organizationId}/tokens/{tokenId}/rotate", ""));

    private static final String WORKSPACE = "/v1/organizations/{organizationId}/workspaces/{workspaceId}";

    /// Endpoints that this test calls; whatever else exists shows up in `uncovered-endpoints.txt`.
    private static final List<String> CALLED = List.of(
            "GET /.well-known/jwks.json",
            "GET /docs",
            "GET /docs/pipelines/deploy.sh",
            "GET /docs/{page: .+}",
            "GET " + ALERTS,
            "POST " + ALERTS,
            "DELETE " + ALERTS + "/{alertId}",
            "GET " + ALERTS + "/{alertId}",
            "GET " + CHANNELS,
            "POST " + CHANNELS,
            "DELETE " + CHANNELS + "/{notificationChannelId}",
            "GET " + CHANNELS + "/{notificationChannelId}",
            "GET /spec/platform-v1beta1",
            "GET /spec/v1.0",
            "GET /v1/organizations",
            "GET /v1/organizations/{organizationId}",
            "GET /v1/organizations/{organizationId}/audit-logs",
            "GET /v1/organizations/{organizationId}/deployment-options",
            "GET /v1/organizations/{organizationId}/deployments",
            "POST /v1/organizations/{organizationId}/deployments",
            "DELETE /v1/organizations/{organizationId}/deployments/{deploymentId}",
            "GET /v1/organizations/{organizationId}/deployments/{deploymentId}",
            "POST /v1/organizations/{organizationId}/deployments/{deploymentId}",
            "GET /v1/organizations/{organizationId}/deployments/{deploymentId}/deployment-file",
            "POST /v1/organizations/{organizationId}/deployments/{deploymentId}/deployment-file",
            "GET /v1/organizations/{organizationId}/deployments/{deploymentId}/deploys",
            "POST /v1/organizations/{organizationId}/deployments/{deploymentId}/deploys",
            "GET /v1/organizations/{organizationId}/deployments/{deploymentId}/deploys/{deployId}",
            "POST /v1/organizations/{organizationId}/deployments/{deploymentId}/deploys/{deployId}",
            "POST /v1/organizations/{organizationId}/deployments/{deploymentId}/deploys/{deployId}/finalize",
            "POST /v1/organizations/{organizationId}/deployments/{deploymentId}/deploys/{deployId}/rollback",
            LOGS,
            "GET /v1/organizations/{organizationId}/tokens",
            "POST /v1/organizations/{organizationId}/tokens",
            "DELETE /v1/organizations/{organizationId}/tokens/{tokenId}",
            "GET /v1/organizations/{organizationId}/tokens/{tokenId}",
            "POST /v1/organizations/{organizationId}/tokens/{tokenId}",
            "POST /v1/organizations/{organizationId}/tokens/{tokenId}/roles",
            "POST /v1/organizations/{organizationId}/tokens/{tokenId}/rotate",
            "GET /v1/organizations/{organizationId}/workspaces",
            "POST /v1/organizations/{organizationId}/workspaces",
            "DELETE /v1/organizations/{organizationId}/workspaces/{workspaceId}",
            "GET /v1/organizations/{organizationId}/workspaces/{workspaceId}",
            "POST /v1/organizations/{organizationId}/workspaces/{workspaceId}");

    /// Need code that was uploaded or was live before, or change nothing here; their events are in `RollbackTest` and
    /// `UpdateApiTokenRolesTest`.
    private static final List<String> NOT_SIMPLY_DONE = List.of(
            "POST /v1/organizations/{organizationId}/deployments/{deploymentId}/deploys/{deployId}/finalize",
            "POST /v1/organizations/{organizationId}/deployments/{deploymentId}/deploys/{deployId}/rollback",
            "POST /v1/organizations/{organizationId}/tokens/{tokenId}/roles");

    private static final List<String> CHANGING = CALLED.stream()
            .filter(endpoint -> !endpoint.startsWith("GET ") && !NOT_SIMPLY_DONE.contains(endpoint))
            .toList();

    private enum Who {
        OWNER,
        MEMBER,
        WS_OWNER,
        WS_OPER,
        WS_AUTH,
        WS_MEMB,
        WS_ACC,
        OTHER_WS,
        OWN,
        SIBLING,
        NOBODY
    }

    @Test
    void everyEndpointAnswersEveryCallerAsTheTableSays() {
        String table = CALLED.stream()
                .map(endpoint -> String.format("%-106s", endpoint)
                        + Stream.of(Who.values())
                                .map(who -> String.format("%-9s", status(endpoint, who)))
                                .collect(Collectors.joining())
                                .stripTrailing())
                .collect(Collectors.joining("\n", header(), "\n"));

        Golden.assertMatches("endpoint-authorization.txt", table);
    }

    @Test
    void noEndpointIsLeftOut() throws IOException {
        // pages have a test of their own: they know people by a cookie
        TreeSet<String> uncovered = Endpoints.all().stream()
                .filter(endpoint -> !endpoint.resource().getPackageName().startsWith("io.headgate.ui")
                        || endpoint.resource().getPackageName().endsWith(".docs"))
                .map(Endpoints.Endpoint::toString)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(uncovered).containsAll(CALLED);
        CALLED.forEach(uncovered::remove);

        List<String> excused = Files.readAllLines(Path.of("src/test/resources/golden/uncovered-endpoints.txt")).stream()
                .filter(line -> !line.startsWith("#"))
                .toList();
        assertThat(excused)
                .hasSizeLessThanOrEqualTo(5)
                .allSatisfy(line -> assertThat(line)
                        .as("an endpoint that is not called needs a reason: METHOD PATH - REASON")
                        .contains(" - "));
        assertThat(excused.stream().map(line -> line.substring(0, line.indexOf(" - "))))
                .containsExactlyElementsOf(uncovered);
    }

    /// Outside the API's prefixes nobody checks a credential, so whatever answers there must say why that is right.
    @Test
    void everyPublicEndpointSaysWhy() {
        assertThat(Endpoints.all())
                .isNotEmpty()
                .allSatisfy(endpoint -> assertThat(Stream.of(
                                        ApiPaths.contains(endpoint.template()),
                                        endpoint.resource().isAnnotationPresent(PublicEndpoint.class),
                                        endpoint.resource().isAnnotationPresent(SignedInEndpoint.class))
                                .filter(is -> is))
                        .as(endpoint.toString())
                        .hasSize(1));
    }

    /// U5, item 49: whatever changes something leaves an event with its request id. What the owner cannot simply
    /// do here is done elsewhere.
    @Test
    void everyEndpointThatChangesSomethingLeavesAnEvent() {
        assertThat(unrecorded(CHANGING)).isEmpty();
        // control: an endpoint whose event does not arrive is found
        String planted = "POST /v1/organizations/{organizationId}/workspaces";
        execute("CREATE RULE swallow AS ON INSERT TO audit_event DO INSTEAD NOTHING");
        assertThat(unrecorded(List.of(planted))).containsExactly(planted);
        execute("DROP RULE swallow ON audit_event");
        assertThat(unrecorded(List.of(planted))).isEmpty();
    }

    @Test
    void nothingThatChangesSomethingIsLeftOutOfThat() {
        assertThat(CHANGING).hasSizeGreaterThan(10);
        assertThat(CALLED.stream().filter(endpoint -> !endpoint.startsWith("GET ")))
                .containsAll(CHANGING)
                .hasSize(CHANGING.size() + NOT_SIMPLY_DONE.size());
    }

    private List<String> unrecorded(List<String> endpoints) {
        return endpoints.stream()
                .filter(endpoint -> {
                    Answer answer = answer(endpoint, Who.OWNER);
                    assertThat(answer.status()).as(endpoint).isIn(200, 204);
                    return api.auditedRequests(answer.header("X-Request-Id")) == 0;
                })
                .toList();
    }

    private void execute(String statement) {
        api.behind()
                .controlPlane()
                .transactions()
                .useTransaction(tx -> tx.handle().execute(statement));
    }

    private int status(String endpoint, Who who) {
        return answer(endpoint, who).status();
    }

    private Answer answer(String endpoint, Who who) {
        Deployment own = api.behind().healthy(api.unique("own"));
        String method = endpoint.substring(0, endpoint.indexOf(' '));
        String path = endpoint.substring(method.length() + 1);
        // the one that all Deployments of this test are in must stay as it is
        boolean ends = (who == Who.OWNER || who == Who.WS_OWNER) && path.equals(WORKSPACE) && !method.equals("GET");
        Workspace spare = ends ? spareWorkspace() : api.behind().workspace();
        String needed = endpoint.equals(LOGS) ? "?sources=scheduler" : "";
        HttpRequest.Builder request =
                api.request(filled(path.replace("{workspaceId}", spare.id().value()), own) + needed);
        String body = filled(BODIES.getOrDefault(endpoint, ""), own);
        request.method(method, HttpRequest.BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        credential(who, own, spare).ifPresent(value -> request.header("Authorization", "Bearer " + value));
        return api.send(request);
    }

    private Optional<String> credential(Who who, Deployment own, Workspace workspace) {
        return switch (who) {
            case OWNER -> Optional.of(api.owner());
            case MEMBER -> value(api.behind().organizationToken("caller", Role.ORGANIZATION_MEMBER));
            case WS_OWNER -> ofWorkspace(workspace, Role.WORKSPACE_OWNER);
            case WS_OPER -> ofWorkspace(workspace, Role.WORKSPACE_OPERATOR);
            case WS_AUTH -> ofWorkspace(workspace, Role.WORKSPACE_AUTHOR);
            case WS_MEMB -> ofWorkspace(workspace, Role.WORKSPACE_MEMBER);
            case WS_ACC -> ofWorkspace(workspace, Role.WORKSPACE_ACCESSOR);
            case OTHER_WS -> ofWorkspace(spareWorkspace(), Role.WORKSPACE_OWNER);
            case OWN -> ofDeployment(own);
            case SIBLING -> ofDeployment(api.behind().deployment(api.unique("sibling")));
            case NOBODY -> Optional.empty();
        };
    }

    private Optional<String> ofWorkspace(Workspace workspace, Role role) {
        return value(api.behind().workspaceToken(workspace.id(), "caller", role));
    }

    private Optional<String> ofDeployment(Deployment deployment) {
        return value(api.behind().token(deployment.id(), "caller", OptionalInt.empty()));
    }

    private static Optional<String> value(IssuedToken token) {
        return Optional.of(token.value().reveal());
    }

    private DeployId created(Deployment own) {
        return api.behind()
                .controlPlane()
                .deploys()
                .create(
                        api.behind().owner(),
                        api.behind().organizationId(),
                        own.id(),
                        new NewDeploy(DeployType.DAG_ONLY, Optional.empty(), Optional.empty()))
                .id();
    }

    private String filled(String text, Deployment own) {
        return text.replace("{organizationId}", api.behind().organizationId().value())
                .replace("{workspaceId}", api.behind().workspace().id().value())
                .replace("{deploymentId}", own.id().value())
                .replace(
                        "{deployId}", text.contains("{deployId}") ? created(own).value() : "")
                .replace("{tokenId}", text.contains("{tokenId}") ? target(own) : "")
                .replace(
                        "{notificationChannelId}",
                        text.contains("{notificationChannelId}") ? channel().value() : "")
                .replace("{alertId}", text.contains("{alertId}") ? alert(own).value() : "")
                .replace("{page: .+}", "permissions")
                .replace("{unique}", api.unique("made"));
    }

    private String target(Deployment own) {
        return api.behind()
                .token(own.id(), "target", OptionalInt.empty())
                .token()
                .id()
                .value();
    }

    private Workspace spareWorkspace() {
        return api.behind().anotherWorkspace(api.unique("spare"));
    }

    private NotificationChannelId channel() {
        return api.behind()
                .controlPlane()
                .notificationChannels()
                .create(
                        api.behind().owner(),
                        api.behind().organizationId(),
                        new NewNotificationChannel(
                                api.behind().workspace().id(),
                                api.unique("channel"),
                                ChannelType.SLACK,
                                new SecretText("https://hooks.example.com/x")))
                .id();
    }

    private AlertId alert(Deployment own) {
        return api.behind()
                .controlPlane()
                .alerts()
                .create(
                        api.behind().owner(),
                        api.behind().organizationId(),
                        new NewAlert(
                                own.id(), "alert", AlertType.DAG_FAILURE, Severity.INFO, List.of(), List.of(channel())))
                .id();
    }

    private static String header() {
        return "# Status of every endpoint for tokens: of the Organization (its owner, a member), of the Workspace of the\n"
                + "# Deployment in the path or body (owner, operator, author, member, accessor), of another Workspace (its\n"
                + "# owner), of that Deployment, of a sibling Deployment; and without a token.\n"
                + Stream.of(Who.values())
                        .map(who -> String.format(
                                "%-9s", who.name().toLowerCase(Locale.ROOT).replace('_', '-')))
                        .collect(Collectors.joining("", " ".repeat(106), ""))
                        .stripTrailing()
                + "\n";
    }
}
