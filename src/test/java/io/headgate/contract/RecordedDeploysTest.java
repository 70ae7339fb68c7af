package io.headgate.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.headgate.access.Role;
import io.headgate.api.Answer;
import io.headgate.api.TestApi;
import io.headgate.deployment.Deployment;
import io.headgate.testing.Tars;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Replays the stock command line's code pushes, each with an archive of ours in as many pieces as it sent, and checks
/// what it reads (contract-verified §7).
@QuarkusTest
class RecordedDeploysTest {
    private static final String PLACEHOLDER_VERSION = "2026-01-02T03:04:05.1234567Z";

    @Inject
    TestApi api;

    static List<Recording> recordings() {
        return Recording.thatAre(RecordingManifest.Way.PUSHED);
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void areAnsweredAsTheCommandLineNeedsIt(Recording recording) {
        Deployment place = api.behind().healthy(api.unique("recorded"));
        Map<String, String> tokens = tokens(place);
        long blocks = recording.exchanges().stream()
                .filter(exchange ->
                        exchange.request().at("/query/comp").asText().equals("block"))
                .count();
        List<byte[]> pieces = pieces(Tars.project("fine"), (int) Math.max(1, blocks));
        String deploy = "";
        String version = "";
        Map<String, String> signed = Map.of();
        for (Recording.Exchange exchange : recording.exchanges()) {
            JsonNode request = exchange.request();
            boolean upload = request.path("method").asText().equals("PUT");
            String path = request.path("path")
                    .asText()
                    .replace(
                            "clorg0000000000000000000a",
                            api.behind().organizationId().value())
                    .replaceAll("cldep0000000000000000000[ab]", place.id().value())
                    .replaceAll("cldpl\\d{20}", deploy);
            Answer answer = send(request, path + query(request.path("query"), signed), version, upload, pieces, tokens);

            assertThat(answer.status()).as("%s: %s", path, answer.text()).isEqualTo(exchange.status());
            if (path.endsWith("/deploys")) {
                deploy = answer.member("id");
                signed = parameters(URI.create(answer.member("dagsUploadUrl")).getRawQuery());
                assertThat(answer.member("imageTag")).isNotEmpty();
                assertThat(answer.json().path("git")).isEqualTo(request.at("/body/git"));
            }
            if (upload && !request.at("/query/comp").asText().equals("block")) {
                version = answer.header("x-ms-version-id");
                assertThat(version).isNotEmpty();
            }
            if (path.endsWith("/finalize")) {
                assertThat(answer.member("dagTarballVersion")).isEqualTo(version);
                assertThat(answer.member("imageTag")).isNotEmpty();
            }
        }
        assertThat(version.isEmpty()).isEqualTo(!uploads(recording));
    }

    private static boolean uploads(Recording recording) {
        return recording.exchanges().stream()
                .anyMatch(exchange -> exchange.request().path("method").asText().equals("PUT"));
    }

    /// What stands in the recordings for the credentials that people had; of whose Workspace the claims of one are is
    /// the
    /// client's business alone.
    private Map<String, String> tokens(Deployment place) {
        String own = api.behind()
                .token(place.id(), "caller", OptionalInt.empty())
                .value()
                .reveal();
        return Map.of(
                "<USER_ACCESS_TOKEN>",
                api.owner(),
                "<DEPLOYMENT_TOKEN>",
                own,
                "<DEPLOYMENT_TOKEN_OTHER_WORKSPACE>",
                own,
                "<DEPLOYMENT_TOKEN_WITHOUT_WORKSPACE>",
                own,
                "<ORGANIZATION_TOKEN>",
                api.behind().organizationToken("caller").value().reveal(),
                "<WORKSPACE_TOKEN>",
                api.behind()
                        .workspaceToken("caller", Role.WORKSPACE_OPERATOR)
                        .value()
                        .reveal());
    }

    private Answer send(
            JsonNode recorded,
            String target,
            String version,
            boolean upload,
            List<byte[]> pieces,
            Map<String, String> tokens) {
        JsonNode body = recorded.path("body");
        HttpRequest.BodyPublisher sent = switch (body.getNodeType()) {
            case STRING -> HttpRequest.BodyPublishers.ofString(body.textValue());
            case OBJECT -> HttpRequest.BodyPublishers.ofString(body.toString().replace(PLACEHOLDER_VERSION, version));
            default ->
                upload
                        ? HttpRequest.BodyPublishers.ofByteArray(pieces.removeFirst())
                        : HttpRequest.BodyPublishers.noBody();
        };
        HttpRequest.Builder request =
                api.request(target).method(recorded.path("method").asText(), sent);
        recorded.path("headers")
                .properties()
                .forEach(header -> request.header(
                        header.getKey().toLowerCase(Locale.ROOT),
                        replaced(header.getValue().asText(), tokens)));
        return api.send(request);
    }

    private static String replaced(String header, Map<String, String> tokens) {
        String bearer = "Bearer ";
        return header.startsWith(bearer) ? bearer + tokens.getOrDefault(header.substring(bearer.length()), "") : header;
    }

    /// As recorded, sorted by name, with the signature that we gave.
    private static String query(JsonNode recorded, Map<String, String> signed) {
        TreeMap<String, String> query = new TreeMap<>();
        recorded.properties()
                .forEach(parameter -> query.put(
                        parameter.getKey(),
                        signed.getOrDefault(
                                parameter.getKey(), parameter.getValue().asText())));
        String text = query.entrySet().stream()
                .map(parameter ->
                        parameter.getKey() + "=" + URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return text.isEmpty() ? "" : "?" + text;
    }

    private static Map<String, String> parameters(String query) {
        return Arrays.stream(query.split("&", -1))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    private static List<byte[]> pieces(byte[] whole, int count) {
        List<byte[]> pieces = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            pieces.add(Arrays.copyOfRange(whole, whole.length * i / count, whole.length * (i + 1) / count));
        }
        return pieces;
    }
}
