package io.headgate.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

/// Item 17: nobody can choose the address that is recorded, unless a trusted proxy speaks for them.
final class ClientAddressTest {
    private final ClientAddress addresses = new ClientAddress(List.of("10.0.0.1", "10.0.0.2", "::1"));

    @Test
    void isThePeerWhoeverItClaimsToSpeakFor() {
        assertThat(addresses.of("198.51.100.7", List.of("6.6.6.6"))).isEqualTo("198.51.100.7");
        assertThat(addresses.of("10.0.0.1", List.of("6.6.6.6"))).isEqualTo("6.6.6.6");
    }

    @Test
    void isTheLastHopThatATrustedProxySaw() {
        assertThat(addresses.of("10.0.0.1", List.of("6.6.6.6, 203.0.113.9"))).isEqualTo("203.0.113.9");
        assertThat(addresses.of("10.0.0.1", List.of("6.6.6.6", "203.0.113.9, 10.0.0.2")))
                .isEqualTo("203.0.113.9");
        assertThat(addresses.of("::1", List.of("2001:db8::7"))).isEqualTo("2001:db8:0:0:0:0:0:7");
    }

    @Test
    void isTheProxyWhenWhatItSaysIsNoAddress() {
        assertThat(addresses.of("10.0.0.1", List.of())).isEqualTo("10.0.0.1");
        assertThat(addresses.of("10.0.0.1", List.of("unknown"))).isEqualTo("10.0.0.1");
        assertThat(addresses.of("10.0.0.1", List.of("6.6.6.6, evil\"host"))).isEqualTo("10.0.0.1");
        assertThat(addresses.of("10.0.0.1", List.of("10.0.0.2, 10.0.0.1"))).isEqualTo("10.0.0.2");
    }

    @Test
    void needsAddressesToTrustNotNames() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ClientAddress(List.of("proxy.example.com")))
                .withMessageContaining("proxy.example.com");
    }
}
