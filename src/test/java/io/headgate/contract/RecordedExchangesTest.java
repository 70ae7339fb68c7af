package io.headgate.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.headgate.access.Role;
import io.headgate.api.Answer;
import io.headgate.api.TestApi;
import io.headgate.kernel.DeploymentId;
import io.headgate.token.IssuedToken;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Replays what the stock command line sent and checks what it reads: status, content type, and the members without
/// which it panics or goes wrong (contract-verified §5).
@QuarkusTest
class RecordedExchangesTest {
    /// Where we answer otherwise than the stand-in server did, on purpose.
    private static final Map<String, Integer> DELIBERATE = Map.ofEntries(
            // 4000 days are more than 3650
            Map.entry("deployment-token-create-bad-expiry POST", 400),
            // a Deployment token may not rotate itself (S36)
            Map.entry("deployment-token-rotate-itself-clean POST", 403),
            // versions that we do not have: the answer lists ours (quirks 12 and 13)
            Map.entry("deployment-create-executor-default-other-version-form POST", 400),
            Map.entry("deployment-create-without-runtime-version-online POST", 400),
            // both switch hibernation schedules on, which this version does not have
            Map.entry("deployment-create-file POST", 400),
            Map.entry("deployment-update-file POST", 400),
            // both name a role that somebody made themselves, which this version does not have
            Map.entry("deployment-token-workspace-token-update POST", 400),
            Map.entry("deployment-token-organization-token-update POST", 400),
            Map.entry("deployment-token-create-custom-role POST", 400),
            Map.entry("deployment-token-update-by-name-new-role POST/roles", 400),
            // the recording server let two have one name
            Map.entry("deployment-create-duplicate-name POST", 409),
            Map.entry("deployment-create-executor-default-airflow-2 POST", 400));

    /// In these the credential has been refused by then.
    private static final Pattern RETIRED = Pattern.compile("error-401-.*|token-organizations-401");

    /// In these the Workspace has no Deployment.
    private static final Pattern EMPTY = Pattern.compile("deployment-(list-empty|inspect-empty-workspace)");

    /// What these change must be nobody else's.
    private static final Pattern CHANGING = Pattern.compile(
            "variable-.*|deployment-(update|worker-queue|astro|kubernetes|minimal)-.*|deployment-create-file");

    private static final List<String> TOKEN = List.of("/id", "/name", "/scope", "/roles/0/role", "/createdAt");

    /// By the end of the path, what the client reads of a 200.
    private static final Map<String, List<String>> READ = Map.ofEntries(
            Map.entry("GET /organizations", List.of("/organizations/0/id", "/organizations/0/product")),
            Map.entry(
                    "GET /tokens",
                    List.of(
                            "/tokens/0/id",
                            "/tokens/0/name",
                            "/tokens/0/scope",
                            "/tokens/0/createdAt",
                            "/tokens/0/createdBy/id",
                            "/tokens/0/roles/0/entityType",
                            "/tokens/0/roles/0/entityId",
                            "/tokens/0/roles/0/role",
                            "/totalCount")),
            Map.entry("POST /tokens", List.of("/token", "/id")),
            Map.entry("POST /rotate", List.of("/token", "/name")),
            Map.entry(
                    "GET /workspaces",
                    List.of("/workspaces/0/id", "/workspaces/0/organizationId", "/workspaces/0/name")),
            Map.entry(
                    "GET /deployments",
                    List.of(
                            "/deployments/0/id",
                            "/deployments/0/name",
                            "/deployments/0/namespace",
                            "/deployments/0/runtimeVersion",
                            "/deployments/0/airflowVersion",
                            "/deployments/0/isDagDeployEnabled",
                            "/deployments/0/type",
                            "/deployments/0/workspaceName")),
            Map.entry("POST /deployments", List.of("/id", "/name", "/namespace", "/type", "/webServerUrl")),
            Map.entry(
                    "GET /deployment-options",
                    List.of(
                            "/runtimeReleases/0/version",
                            "/workerMachines/0/name",
                            "/workerMachines/0/concurrency/ceiling",
                            "/workerQueues/minWorkers/ceiling",
                            "/workerQueues/maxWorkers/ceiling")),
            Map.entry(
                    "GET a Deployment",
                    List.of(
                            "/id",
                            "/type",
                            "/executor",
                            "/workspaceName",
                            "/schedulerSize",
                            "/defaultTaskPodCpu",
                            "/defaultTaskPodMemory",
                            "/resourceQuotaCpu",
                            "/resourceQuotaMemory",
                            "/workerQueues/0/astroMachine",
                            "/webServerAirflowApiUrl",
                            "/isHighAvailability",
                            "/isDevelopmentMode")),
            Map.entry("GET /logs", List.of("/limit", "/offset", "/maxNumResults", "/resultCount", "/searchId")),
            Map.entry("GET a token", TOKEN));

    @Inject
    TestApi api;

    static List<Recording> recordings() {
        return Recording.thatAre(RecordingManifest.Way.REPLAYED);
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void areAnsweredAsTheCommandLineNeedsIt(Recording recording) {
        Map<String, String> ours = ours(RETIRED.matcher(recording.name()).matches());
        if (CHANGING.matcher(recording.name()).matches()) {
            ours.putAll(aWorkspaceLikeTheRecorded());
        }
        if (EMPTY.matcher(recording.name()).matches()) {
            ours.put("clwsp0000000000000000000a", ours.get("clwsp0000000000000000000b"));
        }
        if (recording.name().endsWith("-unknown")) {
            api.send(api.request(api.organization("/tokens/" + ours.get("cltok0000000000000000000d")))
                    .DELETE()
                    .header("Authorization", "Bearer " + api.owner()));
        }
        assertThat(recording.exchanges()).isNotEmpty();
        for (Recording.Exchange exchange : recording.exchanges()) {
            String path = replaced(exchange.request().path("path").asText(), ours);
            String method = exchange.request().path("method").asText();
            String what = recording.name() + " " + method;
            int expected = DELIBERATE.getOrDefault(
                    what + path.substring(path.lastIndexOf('/')), DELIBERATE.getOrDefault(what, exchange.status()));

            Answer answer = send(exchange.request(), method, path, ours);

            assertThat(answer.status())
                    .as("%s %s: %s", method, path, answer.text())
                    .isEqualTo(expected);
            if (expected == 200 && path.startsWith("/v1")) {
                assertThat(answer.header("Content-Type")).contains("json");
                boolean empty = EMPTY.matcher(recording.name()).matches() && path.endsWith("/deployments");
                for (String pointer : empty ? List.of("/totalCount") : read(method + " " + kind(path), answer)) {
                    assertThat(answer.json().at(pointer).isValueNode())
                            .as("%s of %s %s", pointer, method, path)
                            .isTrue();
                }
            }
            if (expected >= 400) {
                assertThat(answer.message()).isNotBlank();
            }
        }
    }

    /// A Deployment with the executor KUBERNETES has no queues, and the client reads none.
    private static List<String> read(String what, Answer answer) {
        boolean queues = !answer.json().path("executor").asText().equals("KUBERNETES");
        return READ.getOrDefault(what, List.of()).stream()
                .filter(pointer -> queues || !pointer.startsWith("/workerQueues"))
                .toList();
    }

    /// With the Deployments `prod` and `from-file` as they were when the client read them.
    private Map<String, String> aWorkspaceLikeTheRecorded() {
        String workspace = api.post(
                        api.owner(), api.organization("/workspaces"), "{\"name\": \"" + api.unique("recorded") + "\"}")
                .member("id");
        String prod = made(workspace, """
                "name": "prod", "isDevelopmentMode": true, "executor": "CELERY", "environmentVariables": [
                  {"key": "PLAIN", "value": "one", "isSecret": false},
                  {"key": "HIDDEN", "value": "recorded", "isSecret": true},
                  {"key": "S1", "value": "recorded", "isSecret": true}]""");
        String fromFile = made(workspace, """
                "name": "from-file", "isDevelopmentMode": true, "executor": "CELERY", "workerQueues": [
                  {"name": "big", "isDefault": false, "astroMachine": "A10", "minWorkerCount": 1, "maxWorkerCount": 3,
                   "workerConcurrency": 10},
                  {"name": "default", "isDefault": true, "astroMachine": "A5", "minWorkerCount": 0,
                   "maxWorkerCount": 10, "workerConcurrency": 5}]""");
        return Map.of(
                "clwsp0000000000000000000a",
                workspace,
                "cldep0000000000000000000a",
                prod,
                "cldep00000000000000000001",
                fromFile,
                "<DEPLOYMENT_TOKEN>",
                api.behind()
                        .token(new DeploymentId(prod), "of prod", OptionalInt.empty())
                        .value()
                        .reveal());
    }

    private String made(String workspace, String members) {
        String id = api.post(
                        api.owner(),
                        api.organization("/deployments"),
                        "{\"workspaceId\": \"" + workspace + "\", " + members + "}")
                .member("id");
        api.behind().healthy(new DeploymentId(id));
        return id;
    }

    /// Each recording acts on things of its own; the Deployment that the recordings call `prod` is ours of that name.
    private Map<String, String> ours(boolean retired) {
        IssuedToken token = api.token(OptionalInt.empty());
        Map<String, String> ours = new HashMap<>();
        ours.put("<USER_ACCESS_TOKEN>", retired ? token.value().reveal() : api.owner());
        // what the claims of the other two say is the client's business alone
        for (String placeholder : List.of(
                "<DEPLOYMENT_TOKEN>", "<DEPLOYMENT_TOKEN_OTHER_WORKSPACE>", "<DEPLOYMENT_TOKEN_WITHOUT_WORKSPACE>")) {
            ours.put(placeholder, token.value().reveal());
        }
        ours.put(
                "<ORGANIZATION_TOKEN>",
                api.behind().organizationToken("caller").value().reveal());
        ours.put(
                "<WORKSPACE_TOKEN>",
                api.behind()
                        .workspaceToken("caller", Role.WORKSPACE_OWNER)
                        .value()
                        .reveal());
        ours.put("clorg0000000000000000000a", api.behind().organizationId().value());
        ours.put("clwsp0000000000000000000a", api.behind().workspace().id().value());
        ours.put("cldep0000000000000000000a", api.behind().own().id().value());
        ours.put(
                "cldep00000000000000000001",
                api.behind().deployment(api.unique("made")).id().value());
        ours.put("cltok0000000000000000000d", token.token().id().value());
        ours.put(
                "cltok00000000000000000002",
                api.token(OptionalInt.empty()).token().id().value());
        ours.put(
                "cltok0000000000000000000o",
                api.behind().organizationToken("org-ci").token().id().value());
        ours.put(
                "cltok0000000000000000000w",
                api.behind()
                        .workspaceToken("ws-ci", Role.WORKSPACE_OWNER)
                        .token()
                        .id()
                        .value());
        ours.put("\"3.0-4\"", "\"3.3-1\"");
        // a day before the clock of these tests
        ours.put("2026-11-23T", "2026-01-01T");
        ours.put(
                "clwsp0000000000000000000b",
                api.post(api.owner(), api.organization("/workspaces"), "{\"name\": \"" + api.unique("Sandbox") + "\"}")
                        .member("id"));
        ours.put("\"Sandbox 2\"", "\"" + api.unique("Sandbox") + "\"");
        if (retired) {
            api.post(api.owner(), api.organization("/tokens/" + token.token().id() + "/rotate"));
        }
        return ours;
    }

    private Answer send(JsonNode recorded, String method, String path, Map<String, String> ours) {
        Optional<String> body = Optional.ofNullable(recorded.get("body")).map(json -> replaced(json.toString(), ours));
        HttpRequest.Builder request = api.request(path + query(recorded.path("query"), ours))
                .method(
                        method,
                        body.map(HttpRequest.BodyPublishers::ofString).orElseGet(HttpRequest.BodyPublishers::noBody));
        recorded.path("headers")
                .properties()
                .forEach(header -> request.header(
                        header.getKey(), replaced(header.getValue().asText(), ours)));
        return api.send(request);
    }

    /// A parameter that was sent several times is a list there.
    private static String query(JsonNode query, Map<String, String> ours) {
        String text = query.properties().stream()
                .flatMap(parameter -> (parameter.getValue().isArray()
                                ? StreamSupport.stream(parameter.getValue().spliterator(), false)
                                : Stream.of(parameter.getValue()))
                        .map(value -> parameter.getKey() + "="
                                + URLEncoder.encode(replaced(value.asText(), ours), StandardCharsets.UTF_8)))
                .collect(Collectors.joining("&"));
        return text.isEmpty() ? "" : "?" + text;
    }

    /// The last segment of a path, or what it names if that is an id.
    private static String kind(String path) {
        String[] segments = path.split("/", -1);
        String last = segments[segments.length - 1];
        String parent = segments[segments.length - 2];
        return switch (parent) {
            case "deployments" -> "a Deployment";
            case "tokens" -> "a token";
            default -> "/" + last;
        };
    }

    private static String replaced(String text, Map<String, String> ours) {
        String result = text;
        for (Map.Entry<String, String> entry : ours.entrySet()) {
            result = result.replace(entry.getKey(), entry.getValue());
        }
        return result;
    }
}
