package io.headgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.gateway.KnownHosts.Answer;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KnownHostsTest {

    @Test
    void onLoopbackTheLoopbackNamesAreKnown() {
        KnownHosts hosts = new KnownHosts(GatewaySettings.onLoopback());

        assertThat(List.of("localhost", "LOCALHOST:1", "127.0.0.1:8889", "[::1]:8889"))
                .allSatisfy(host -> assertThat(check(hosts, host)).isEqualTo(new Answer.AnyNamespace()));
        assertThat(check(hosts, "Quick.localhost:8889")).isEqualTo(new Answer.Only("quick"));
        assertThat(List.of("a.b.localhost", "evil.example", "localhost.evil.example", "127.0.0.2", "[::2]"))
                .allSatisfy(host -> assertThat(check(hosts, host)).isEqualTo(new Answer.NotOurs()));
    }

    @Test
    void elsewhereOnlyTheConfiguredNamesAre() {
        KnownHosts hosts = new KnownHosts(new GatewaySettings(
                "0.0.0.0",
                0,
                URI.create("https://airflow.example.com"),
                "apps.example.com",
                Map.of("Reports.example.com", "quick"),
                List.of(),
                GatewaySettings.Limits.standard(),
                GatewaySettings.Timeouts.standard()));

        assertThat(check(hosts, "airflow.example.com")).isEqualTo(new Answer.AnyNamespace());
        assertThat(check(hosts, "quick.apps.example.com")).isEqualTo(new Answer.Only("quick"));
        assertThat(check(hosts, "reports.example.com")).isEqualTo(new Answer.Only("quick"));
        assertThat(List.of("localhost", "127.0.0.1", "apps.example.com", "x.example.com"))
                .allSatisfy(host -> assertThat(check(hosts, host)).isEqualTo(new Answer.NotOurs()));
    }

    @Test
    void oneHostHeaderIsNeeded() {
        KnownHosts hosts = new KnownHosts(GatewaySettings.onLoopback());

        assertThat(hosts.check(List.of())).isEqualTo(new Answer.Malformed());
        assertThat(hosts.check(List.of("localhost", "localhost"))).isEqualTo(new Answer.Malformed());
        assertThat(List.of("", "localhost:", "localhost:x", "user@localhost", "local host", "localhost/x", "a,b"))
                .allSatisfy(host -> assertThat(check(hosts, host)).isEqualTo(new Answer.Malformed()));
    }

    private static Answer check(KnownHosts hosts, String host) {
        return hosts.check(List.of(host));
    }
}
