package io.headgate.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.config.Settings;
import io.headgate.config.SettingsReader;
import io.headgate.deployment.DeploymentAddresses;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class AddressesTest {
    @Test
    void plainHttpOnAnAddressThatOthersReachIsRefusedUnlessAProxyDoesTls() {
        assertThatThrownBy(() -> Addresses.chosenBy(settings(Map.of("HEADGATE_HOST", "10.1.2.3"))))
                .isInstanceOf(LaunchException.class)
                .hasMessageContaining("tls-terminated-by-proxy");
        Addresses behindProxy = Addresses.chosenBy(settings(Map.of(
                "HEADGATE_HOST", "0.0.0.0",
                "HEADGATE_TLS_TERMINATED_BY_PROXY", "true",
                "HEADGATE_PUBLIC_URL", "https://headgate.example.com",
                "HEADGATE_GATEWAY_PUBLIC_URL", "https://airflow.example.com")));
        assertThat(behindProxy.publicUrl()).hasToString("https://headgate.example.com");
        assertThat(behindProxy.ofDeployments().browser("quiet-river-1234"))
                .hasToString("https://quiet-river-1234.airflow.example.com/quiet-river-1234");
        assertThat(behindProxy.ofDeployments().airflowApiWithoutScheme("quiet-river-1234"))
                .isEqualTo("airflow.example.com/quiet-river-1234/api/v2");
        assertThat(Addresses.chosenBy(settings(Map.of())).listen().isLoopbackAddress())
                .isTrue();
    }

    /// Where wildcard DNS is not to be had.
    @Test
    void aDeploymentWithAHostOfItsOwnIsOpenedThere() {
        DeploymentAddresses addresses = Addresses.chosenBy(settings(Map.of(
                        "HEADGATE_GATEWAY_PUBLIC_URL", "https://airflow.example.com:8443",
                        "HEADGATE_GATEWAY_DEPLOYMENT_HOSTS", "quiet-river-1234=Sales.example.com")))
                .ofDeployments();

        assertThat(addresses.browser("quiet-river-1234"))
                .hasToString("https://sales.example.com:8443/quiet-river-1234");
        assertThat(addresses.browserWithoutScheme("quiet-river-1234"))
                .isEqualTo("sales.example.com:8443/quiet-river-1234");
        assertThat(addresses.browserOrigin("quiet-river-1234")).isEqualTo("https://sales.example.com:8443");
        assertThat(addresses.browserOrigin("other-river-1234"))
                .isEqualTo("https://other-river-1234.airflow.example.com:8443");
    }

    @Test
    void listeningEverywhereNeedsToBeToldItsPublicUrls() {
        assertThatThrownBy(() -> Addresses.chosenBy(
                        settings(Map.of("HEADGATE_HOST", "0.0.0.0", "HEADGATE_TLS_TERMINATED_BY_PROXY", "true"))))
                .hasMessageContaining("public-url");
    }

    @Test
    void aTakenPortIsNamedWithTheFlagThatChoosesAnother() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            assertThatThrownBy(() -> Addresses.chosenBy(settings(Map.of("HEADGATE_GATEWAY_PORT", port))))
                    .hasMessageContaining("port " + port + " is taken")
                    .hasMessageContaining("--gateway-port");
        }
    }

    @Test
    void portZeroTakesAFreeOneAndTheUrlsNameIt() {
        Addresses addresses = Addresses.chosenBy(settings(Map.of()));
        assertThat(addresses.port()).isPositive();
        assertThat(addresses.publicUrl()).hasToString("http://localhost:" + addresses.port());
    }

    private static Settings settings(Map<String, String> given) {
        Map<String, String> environment = new HashMap<>(
                Map.of("HEADGATE_PORT", "0", "HEADGATE_GATEWAY_PORT", "0", "HEADGATE_MANAGEMENT_PORT", "0"));
        environment.putAll(given);
        return new SettingsReader().environment(environment).settings();
    }
}
