package io.headgate.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.gateway.RawClient;
import io.headgate.testing.Eventually;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/// Nobody holds the API by being slow, by being silent, or by never coming to an end.
@QuarkusTest
@TestProfile(SlowClientsTest.Impatient.class)
class SlowClientsTest {
    private static final int ENDLESS = 64 * 1024 * 1024;

    @Inject
    TestApi api;

    /// The same limits, sooner.
    public static final class Impatient implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.http.idle-timeout", "2s",
                    "quarkus.http.read-timeout", "1s");
        }
    }

    /// What a running Headgate has; the times here are those of the test.
    @Test
    void theLimitsOfTheProductAreStated() throws IOException {
        Properties product = new Properties();
        try (InputStream in = Files.newInputStream(Path.of("src/main/resources/application.properties"))) {
            product.load(in);
        }
        assertThat(product)
                .containsEntry("quarkus.http.idle-timeout", "60s")
                .containsEntry("quarkus.http.read-timeout", "30s")
                .containsEntry("quarkus.http.limits.max-header-size", "16K");
    }

    @Test
    void silenceAndHalfAHeadAreNotWaitedForAndAUsedConnectionStays() throws Exception {
        try (RawClient silent = connect();
                RawClient half = connect();
                RawClient used = connect()) {
            half.send("GET /v1/organizations HTTP/1.1\r\nHost: loc");
            silent.socket().setSoTimeout(1);
            half.socket().setSoTimeout(1);

            Eventually.holds("both are closed", Duration.ofSeconds(20), () -> {
                assertThat(ask(used)).as("control: in use").isEqualTo(200);
                return isClosed(silent) && isClosed(half);
            });

            assertThat(ask(used)).isEqualTo(200);
        }
    }

    @Test
    void aBodyThatStopsIsNotWaitedFor() throws IOException {
        try (RawClient client = connect()) {
            client.send(post("Content-Length: 10") + "{");
            assertThat(client.isEnded()).isTrue();
        }
        try (RawClient client = connect()) {
            assertThat(client.exchange(post("Content-Length: 2") + "{}").status())
                    .as("control: a whole body")
                    .isEqualTo(400);
        }
    }

    @Test
    void aBodyThatNeverEndsIsCutOff() throws IOException {
        String chunk = "10000\r\n" + " ".repeat(0x10000) + "\r\n";
        int sent = 0;
        try (RawClient client = connect()) {
            client.send(post("Transfer-Encoding: chunked"));
            while (sent < ENDLESS && client.in().available() == 0) {
                client.send(chunk);
                sent += 0x10000;
            }
            assertThat(client.response().status()).isEqualTo(413);
        } catch (IOException cutOff) {
            // cut off while sending, before the answer could be read
        }
        assertThat(sent).isLessThan(ENDLESS);
        try (RawClient client = connect()) {
            String control = post("Transfer-Encoding: chunked") + chunk + "2\r\n{}\r\n0\r\n\r\n";
            assertThat(client.exchange(control).body())
                    .as("control: a long one that ends is read whole")
                    .contains("name is required");
        }
    }

    private int ask(RawClient client) {
        try {
            return client.exchange(
                            "GET /v1/organizations HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n\r\n"
                                    .formatted(api.owner()))
                    .status();
        } catch (IOException e) {
            throw new AssertionError("the connection was closed", e);
        }
    }

    private String post(String length) {
        return "POST %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\n%s\r\n\r\n"
                .formatted(api.organization("/tokens"), api.owner(), length);
    }

    private static boolean isClosed(RawClient client) {
        try {
            return client.isEnded();
        } catch (java.net.SocketTimeoutException open) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    private static RawClient connect() throws IOException {
        return RawClient.connect(URI.create(ConfigProvider.getConfig().getValue("test.url", String.class))
                .getPort());
    }
}
