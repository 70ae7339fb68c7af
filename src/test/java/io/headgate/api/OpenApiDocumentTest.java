package io.headgate.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The published document is true: it describes exactly the operations there are, and the check that every answer in
/// these tests goes through does find what contradicts it.
@QuarkusTest
class OpenApiDocumentTest {
    @Inject
    TestApi api;

    private final OpenApiDocument document = OpenApiDocument.ofV1();
    private final OpenApiDocument platform = OpenApiDocument.ofPlatform();

    @Test
    void isServedWithoutACredentialAndNamesThisServer() {
        Answer answer = api.send(api.request("/spec/v1.0").header("Accept", "application/json, application/yaml, */*"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("application/yaml");
        assertThat(answer.text()).startsWith("openapi: 3.0.3").contains("- url: http://localhost:8888/v1\n");
    }

    @Test
    void describesExactlyTheOperationsThatExist() {
        Set<String> served = Endpoints.all().stream()
                .map(Endpoints.Endpoint::toString)
                .filter(endpoint -> endpoint.contains(" /v1"))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(document.operations()).isEqualTo(served);
    }

    @Test
    void describesExactlyTheOperationsOfThePlatformThatExist() {
        Set<String> served = Endpoints.all().stream()
                .map(Endpoints.Endpoint::toString)
                .filter(endpoint -> endpoint.contains(" /platform/"))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(platform.operations()).isEqualTo(served).isNotEmpty();
        Answer answer = api.send(api.request("/spec/platform-v1beta1"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).contains("- url: http://localhost:8888/platform/v1beta1\n");
    }

    /// The same names as in the contract: people call operations by them.
    @Test
    void namesOperationsAsTheContractDoes() {
        assertThat(document.operationIds())
                .containsExactlyInAnyOrder(
                        "GetDeploymentLogs",
                        "ListOrganizations",
                        "GetOrganization",
                        "GetOrganizationAuditLogs",
                        "ListWorkspaces",
                        "CreateWorkspace",
                        "GetWorkspace",
                        "UpdateWorkspace",
                        "DeleteWorkspace",
                        "ListDeploys",
                        "CreateDeploy",
                        "GetDeploy",
                        "UpdateDeploy",
                        "FinalizeDeploy",
                        "DeployRollback",
                        "ListDeployments",
                        "CreateDeployment",
                        "GetDeployment",
                        "UpdateDeployment",
                        "DeleteDeployment",
                        // ours
                        "GetDeploymentFile",
                        "ApplyDeploymentFile",
                        "GetDeploymentOptions",
                        "ListApiTokens",
                        "CreateApiToken",
                        "GetApiToken",
                        "UpdateApiToken",
                        "UpdateApiTokenRoles",
                        "RotateApiToken",
                        "DeleteApiToken");
    }

    @Test
    void isContradictedByPlantedDefectsAndNotByTheRealAnswer() {
        assertThat(contradictions(json -> {}, _ -> {})).isEmpty();

        assertThat(contradictions(json -> json.remove("product"), _ -> {})).isPresent();
        assertThat(contradictions(json -> json.put("surprise", 1), _ -> {})).isPresent();
        assertThat(contradictions(json -> json.put("createdAt", "yesterday"), _ -> {}))
                .isPresent();
        assertThat(contradictions(json -> json.put("isScimEnabled", "false"), _ -> {}))
                .isPresent();
        assertThat(contradictions(json -> {}, headers -> headers.remove("x-request-id")))
                .isPresent();
        assertThat(contradictions(json -> {}, headers -> headers.put("cache-control", List.of("public"))))
                .isPresent();
    }

    @Test
    void isContradictedByAStatusOrAnOperationThatItDoesNotHave() {
        Answer real = api.get(api.owner(), api.organization(""));

        assertThat(document.contradictions(exchange(new Answer(201, real.headers(), real.text()), "")))
                .isPresent();
        assertThat(document.contradictions(exchange(real, "/unheard-of"))).isPresent();
        assertThat(document.contradictions(exchange(real, ""))).isEmpty();
    }

    private Optional<String> contradictions(Consumer<ObjectNode> body, Consumer<Map<String, List<String>>> headers) {
        Answer real = api.get(api.owner(), api.organization(""));
        ObjectNode json = (ObjectNode) real.json();
        body.accept(json);
        Map<String, List<String>> map = new TreeMap<>(real.headers().map());
        headers.accept(map);
        return document.contradictions(
                exchange(new Answer(200, HttpHeaders.of(map, (_, _) -> true), json.toString()), ""));
    }

    private OpenApiDocument.Exchange exchange(Answer answer, String rest) {
        return new OpenApiDocument.Exchange(
                "GET",
                URI.create("http://localhost" + api.organization(rest)),
                "application/json",
                Optional.empty(),
                answer);
    }
}
