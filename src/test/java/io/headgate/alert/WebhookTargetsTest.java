package io.headgate.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.kernel.SecretText;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Nobody makes the control plane post into its own network.
final class WebhookTargetsTest {
    private final WebhookTargets publicOnly = new WebhookTargets(false);
    private final WebhookTargets anywhere = new WebhookTargets(true);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://hooks.example.com/x",
                "https:///x",
                "https://user:secret@hooks.example.com/x",
                "https://hooks.example.com/x#y",
                "ftp://hooks.example.com/x",
                "hooks.example.com",
                "https://hooks example.com/",
            })
    void refusesWhatIsNoPlainHttpsUrlWithoutRepeatingIt(String url) {
        assertThatThrownBy(() -> publicOnly.check(new SecretText(url)))
                .hasMessageContaining("definition.webhookUrl must be an https URL")
                .hasMessageNotContaining(url);
    }

    @Test
    void takesHttpsAndWhereASettingSaysSoHttp() {
        assertThatCode(() -> publicOnly.check(new SecretText("https://hooks.example.com/x?y")))
                .doesNotThrowAnyException();
        assertThatCode(() -> anywhere.check(new SecretText("http://10.1.2.3/x")))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "localhost",
                "10.1.2.3",
                "172.16.0.1",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "0.0.0.0",
                "224.0.0.1",
                "255.255.255.255",
                "[::1]",
                "[fe80::1]",
                "[fd00::1]",
                "[::ffff:127.0.0.1]",
            })
    void postsToNoAddressThatIsNotPublic(String host) {
        URI target = URI.create("https://" + host + "/x");

        assertThat(publicOnly.refusal(target)).get().asString().contains("not public");
        assertThat(anywhere.refusal(target)).as("control: the setting").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1.1.1", "172.32.0.1", "100.128.0.1", "[2606:4700::1]"})
    void postsToPublicAddresses(String host) {
        assertThat(publicOnly.refusal(URI.create("https://" + host + "/x"))).isEmpty();
    }
}
