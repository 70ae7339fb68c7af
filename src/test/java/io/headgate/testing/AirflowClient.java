package io.headgate.testing;

import io.headgate.deployment.AirflowTokenSigning;
import io.headgate.deployment.DesiredAirflow;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Calls an api-server as the gateway does: with a short token that names some permissions.
public final class AirflowClient implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    /// Offered an upgrade to HTTP/2, the server drops the body.
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final DesiredAirflow airflow;
    private final InetSocketAddress upstream;
    private final List<String> permissions;

    public AirflowClient(DesiredAirflow airflow, InetSocketAddress upstream, List<String> permissions) {
        this.airflow = airflow;
        this.upstream = upstream;
        this.permissions = List.copyOf(permissions);
    }

    /// `path` is what comes after the prefix and `/api/v2`.
    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
    }

    public HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
        return client.send(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(json))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(
                        "http://127.0.0.1:" + upstream.getPort() + "/" + airflow.namespace() + "/api/v2" + path))
                .header("Authorization", "Bearer " + token())
                .timeout(LIMIT);
    }

    private String token() {
        AirflowTokenSigning signing = airflow.signing();
        long now = Clock.systemUTC().instant().getEpochSecond();
        String names = permissions.stream().map(name -> "\"" + name + "\"").collect(Collectors.joining(","));
        String claims =
                "{\"sub\":\"test\",\"aud\":\"%s\",\"iss\":\"%s\",\"iat\":%d,\"nbf\":%d,\"exp\":%d,\"permissions\":[%s]}"
                        .formatted(signing.audience(), signing.issuer(), now, now, now + 60, names);
        String signed = base64("{\"alg\":\"HS512\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8)) + "."
                + base64(claims.getBytes(StandardCharsets.UTF_8));
        try {
            Mac mac = Mac.getInstance("HmacSHA512");
            mac.init(new SecretKeySpec(signing.secret().reveal().getBytes(StandardCharsets.UTF_8), "HmacSHA512"));
            return signed + "." + base64(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
