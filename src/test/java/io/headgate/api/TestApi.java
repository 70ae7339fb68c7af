package io.headgate.api;

import io.headgate.deployment.Deployment;
import io.headgate.testing.TestControlPlane;
import io.headgate.token.IssuedToken;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.eclipse.microprofile.config.ConfigProvider;

/// The one HTTP client of these tests. It holds every exchange against the OpenAPI document, so that no test can forget
/// to.
@Singleton
public final class TestApi {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final TestControlPlane test;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<OpenApiDocument> documents = List.of(OpenApiDocument.ofV1(), OpenApiDocument.ofPlatform());
    private final String owner;

    TestApi(TestControlPlane test) {
        this.test = test;
        this.owner = test.organizationToken("owner").value().reveal();
    }

    /// What is behind the API: people, Deployments, the clock.
    public TestControlPlane behind() {
        return test;
    }

    /// `/v1/organizations/<the one there is>` followed by the given rest.
    public String organization(String rest) {
        return "/v1/organizations/" + test.organizationId() + rest;
    }

    /// The same of the paths that only `/platform/v1beta1` has.
    public String platform(String rest) {
        return "/platform/v1beta1/organizations/" + test.organizationId() + rest;
    }

    /// A well-formed id that names nothing.
    public static String unknownId() {
        return "c" + "0".repeat(24);
    }

    /// A fresh text for names that must be unique.
    public String unique(String name) {
        return name + " " + test.controlPlane().ids().auditEvent();
    }

    /// What the audit log says was done to a thing, oldest first, each as `action by subject`.
    public List<String> audited(String entityId) {
        return test.database()
                .database()
                .jdbi()
                .withHandle(handle -> handle.createQuery("""
                                SELECT action || ' by ' || (subject ->> 'id') FROM audit_event
                                WHERE entity_id = :id ORDER BY id
                                """)
                        .bind("id", entityId)
                        .mapTo(String.class)
                        .list());
    }

    /// How many events of the audit log belong to a request.
    public long auditedRequests(String requestId) {
        return test.database()
                .database()
                .jdbi()
                .withHandle(handle -> handle.createQuery("SELECT count(*) FROM audit_event WHERE request_id = :id")
                        .bind("id", requestId)
                        .mapTo(Long.class)
                        .one());
    }

    /// From where a thing was last touched, as the audit log has it: address and user agent.
    public String auditedOrigin(String entityId) {
        return test.database()
                .database()
                .jdbi()
                .withHandle(handle -> handle.createQuery("""
                                SELECT address || ' ' || user_agent FROM audit_event
                                WHERE entity_id = :id ORDER BY id DESC LIMIT 1
                                """)
                        .bind("id", entityId)
                        .mapTo(String.class)
                        .one());
    }

    /// The value of a token that may do everything.
    public String owner() {
        return owner;
    }

    /// The value of a fresh token of the Deployment `prod`, which never expires.
    public String deploymentToken() {
        return token(OptionalInt.empty()).value().reveal();
    }

    public IssuedToken token(OptionalInt days) {
        return test.token(test.own().id(), "of prod", days);
    }

    public Answer get(String credential, String path) {
        return send(
                request(path).header("Authorization", "Bearer " + credential).GET());
    }

    public Answer delete(String credential, String path) {
        return send(
                request(path).header("Authorization", "Bearer " + credential).DELETE());
    }

    public Answer post(String credential, String path, String json) {
        return send(request(path)
                .header("Authorization", "Bearer " + credential)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    public Answer postYaml(String credential, String path, String yaml) {
        return send(request(path)
                .header("Authorization", "Bearer " + credential)
                .header("Content-Type", "application/yaml")
                .POST(HttpRequest.BodyPublishers.ofString(yaml)));
    }

    /// A fresh Deployment that a runtime has seen run.
    public Deployment healthy(String name) {
        return test.healthy(test.deployment(unique(name)).id());
    }

    /// The value of a fresh token of a Deployment.
    public String tokenOf(Deployment deployment) {
        return test.token(deployment.id(), "of it", OptionalInt.empty()).value().reveal();
    }

    /// As the stock command line rotates: no body, no content type.
    public Answer post(String credential, String path) {
        return send(request(path)
                .header("Authorization", "Bearer " + credential)
                .POST(HttpRequest.BodyPublishers.noBody()));
    }

    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url() + path)).timeout(PATIENCE);
    }

    /// Sends anything, also what no decent client would.
    public Answer send(HttpRequest.Builder builder) {
        HttpRequest request = builder.build();
        Answer answer = exchange(request);
        documents.stream()
                .filter(document -> document.covers(request.uri().getPath()))
                .forEach(document -> hold(request, answer, document));
        return answer;
    }

    private static void hold(HttpRequest request, Answer answer, OpenApiDocument document) {
        document.contradictions(new OpenApiDocument.Exchange(
                        request.method(),
                        request.uri(),
                        request.headers().firstValue("Content-Type").orElse("application/json"),
                        SentBody.of(request),
                        answer))
                .ifPresent(contradiction -> {
                    throw new AssertionError("contradicts " + document + ": " + contradiction + "\n" + answer.text());
                });
    }

    private Answer exchange(HttpRequest request) {
        try {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String url() {
        return ConfigProvider.getConfig().getValue("test.url", String.class);
    }
}
