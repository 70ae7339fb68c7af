package io.headgate.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Items 12 and 16, without a server.
final class PresentedCredentialTest {
    @Test
    void isOneBearerTokenInOneHeader() {
        assertThat(of("Bearer abc")).isEqualTo(new PresentedCredential.Bearer("abc"));
        assertThat(of("BEARER  abc ")).isEqualTo(new PresentedCredential.Bearer("abc"));
        assertThat(of("Bearer abc").toString()).doesNotContain("abc");
    }

    @Test
    void isMissingForAnythingElse() {
        assertThat(PresentedCredential.of(List.of(), Map.of())).isEqualTo(new PresentedCredential.Missing());
        assertThat(of("Basic abc")).isEqualTo(new PresentedCredential.Missing());
        assertThat(of("Bearer")).isEqualTo(new PresentedCredential.Missing());
        assertThat(of("abc")).isEqualTo(new PresentedCredential.Missing());
    }

    @Test
    void isTooMuchForSeveral() {
        assertThat(PresentedCredential.of(List.of("Bearer a", "Basic b"), Map.of()))
                .isEqualTo(new PresentedCredential.Several());
        assertThat(of("Bearer a, Bearer b")).isEqualTo(new PresentedCredential.Several());
    }

    /// Also beside a good header: it has been written to logs by then.
    @Test
    void isFoundInTheQueryWhateverElseIsSent() {
        assertThat(PresentedCredential.of(List.of("Bearer a"), Map.of("access_token", List.of(""))))
                .isEqualTo(new PresentedCredential.InQuery());
        assertThat(PresentedCredential.of(List.of("Bearer a"), Map.of("token", List.of("log-position"))))
                .isEqualTo(new PresentedCredential.Bearer("a"));
    }

    private static PresentedCredential of(String header) {
        return PresentedCredential.of(List.of(header), Map.of());
    }
}
