package io.headgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.certificate.CertifiedNames;
import io.headgate.certificate.LocalCertificates;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A client that insists on https gets it on the gateway's one port, and Airflow hears that it came so.
class HttpsTest {
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
    void anOrdinaryClientSpeaksEitherOnTheSamePort() throws Exception {
        try (HttpClient trusting =
                HttpClient.newBuilder().sslContext(TestCertificates.trusting()).build()) {
            for (String url : List.of("https://localhost:%d%s", "http://localhost:%d%s", "https://127.0.0.1:%d%s")) {
                HttpRequest request = HttpRequest.newBuilder(URI.create(url.formatted(gateway.port(), DAGS)))
                        .header("Authorization", "Bearer " + gateway.everything())
                        .build();
                assertThat(trusting.send(request, BodyHandlers.ofString()).statusCode())
                        .as(url)
                        .isEqualTo(200);
            }
        }
        try (HttpClient ordinary = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("https://localhost:%d%s".formatted(gateway.port(), DAGS)))
                    .build();
            assertThatThrownBy(() -> ordinary.send(request, BodyHandlers.ofString()))
                    .as("control: without trust in the authority")
                    .isInstanceOf(SSLException.class);
        }
    }

    @Test
    void eachNameThatIsAnsweredToIsProved() throws Exception {
        for (String host : List.of("localhost", "127.0.0.1", "quick.localhost", "no-such-deployment.localhost")) {
            try (RawClient client = secure(host)) {
                assertThat(client.exchange(gateway.request("GET", DAGS).replace("Host: localhost", "Host: " + host))
                                .status())
                        .as(host)
                        .isEqualTo(host.startsWith("no") ? 421 : 200);
            }
        }
        secure("reports.example.com").close();
        for (String host : List.of("example.com", "a.quick.localhost", "127.0.0.2", "other.example.com")) {
            assertThatThrownBy(() -> secure(host)).as(host).isInstanceOf(SSLException.class);
        }
    }

    @Test
    void airflowHearsThatTheCallerCameOverHttps() throws IOException {
        try (RawClient client = secure("localhost")) {
            client.exchange(gateway.request("GET", DAGS));
            client.exchange(gateway.request("GET", DAGS, "X-Forwarded-Proto: http"));
        }
        gateway.get(DAGS);
        gateway.get(DAGS, "X-Forwarded-Proto: https");

        assertThat(origin.requests())
                .extracting(request -> request.header("X-Forwarded-Proto"))
                .as("what a caller says of itself counts for nothing")
                .containsExactly("https", "https", "http", "http");
    }

    @Test
    void onTheWayFromATrustedProxyItsWordCounts() throws IOException {
        try (TestGateway trusting = TestGateway.before(origin, TlsInFront::settings);
                RawClient client = RawClient.secure(trusting.port(), "localhost", TestCertificates.trusting())) {
            String request =
                    trusting.request("GET", DAGS).replace("localhost:" + trusting.port(), "airflow.example.com");
            client.exchange(request);
            client.exchange(request.replace("\r\n\r\n", "\r\nX-Forwarded-Proto: http\r\n\r\n"));
            client.exchange(request.replace("\r\n\r\n", "\r\nX-Forwarded-Proto: https\r\n\r\n"));
        }
        assertThat(origin.requests())
                .extracting(request -> request.header("X-Forwarded-Proto"))
                .containsExactly("https", "http", "https");
    }

    @Test
    void onlyHttp11IsSpokenAndBothVersionsOfTls() throws IOException {
        for (String version : List.of("TLSv1.2", "TLSv1.3")) {
            try (RawClient client = RawClient.connect(gateway.port());
                    SSLSocket socket = (SSLSocket) TestCertificates.trusting()
                            .getSocketFactory()
                            .createSocket(client.socket(), "localhost", gateway.port(), false)) {
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setProtocols(new String[] {version});
                parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
                socket.setSSLParameters(parameters);
                socket.startHandshake();

                assertThat(socket.getSession().getProtocol()).isEqualTo(version);
                assertThat(socket.getApplicationProtocol()).isEqualTo("http/1.1");
            }
        }
    }

    @Test
    void aNewCertificateIsShownToWhoConnectsFromThenOn(@TempDir Path folder) throws IOException {
        LocalCertificates others = new LocalCertificates(
                folder, CertifiedNames.of("localhost", "localhost", List.of()), Clock.systemUTC(), new SecureRandom());
        try (RawClient before = secure("localhost")) {
            gateway.certificates().switchTo(others);

            assertThatThrownBy(() -> secure("localhost")).isInstanceOf(SSLException.class);
            try (RawClient after = RawClient.secure(
                    gateway.port(), "localhost", TestCertificates.trusting(LocalCertificates.authorityFile(folder)))) {
                assertThat(serial(after)).isNotEqualTo(serial(before));
                assertThat(after.exchange(gateway.request("GET", DAGS)).status())
                        .isEqualTo(200);
            }
            assertThat(before.exchange(gateway.request("GET", DAGS)).status())
                    .as("who was connected stays so")
                    .isEqualTo(200);
        }
    }

    private RawClient secure(String host) throws IOException {
        return RawClient.secure(gateway.port(), host, TestCertificates.trusting());
    }

    private static BigInteger serial(RawClient client) throws IOException {
        return ((X509Certificate) ((SSLSocket) client.socket()).getSession().getPeerCertificates()[0])
                .getSerialNumber();
    }
}
