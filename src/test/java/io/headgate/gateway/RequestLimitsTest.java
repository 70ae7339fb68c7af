package io.headgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.access.DeploymentPermission;
import io.headgate.token.RequestLimits;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// One token's noise, and a stranger's, ends here and concerns nobody else (items 39 and 41).
class RequestLimitsTest {
    private static final String DAGS = TestGateway.API + "/dags";
    private static final int BURST = 200;
    private static final int FAILURES_BURST = 50;

    private final AtomicLong nanos = new AtomicLong();
    private ScriptedOrigin origin;
    private TestGateway gateway;

    @BeforeEach
    void start() {
        origin = ScriptedOrigin.agreeing();
        gateway = TestGateway.before(origin, RequestLimits.standard(nanos::get));
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
        origin.close();
    }

    @Test
    void aTokenBeyondItsBurstIsToldToWaitAndAnotherIsServed() throws IOException {
        String noisy = gateway.everything();
        for (int i = 0; i < BURST; i++) {
            assertThat(ask(noisy).status()).as("control: within the burst").isEqualTo(200);
        }

        RawResponse refused = ask(noisy);

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.failure()).isEqualTo("gateway.token-limited");
        assertThat(refused.header("Retry-After")).isEqualTo("1");
        assertThat(ask(gateway.token(EnumSet.allOf(DeploymentPermission.class))).status())
                .isEqualTo(200);
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(ask(noisy).status()).isEqualTo(200);
    }

    @Test
    void aSourceOfGuessesIsToldSoAndAGoodTokenIsLetInFromIt() throws IOException {
        for (int i = 0; i < FAILURES_BURST; i++) {
            assertThat(ask("guess" + i).status())
                    .as("control: within the burst")
                    .isEqualTo(401);
        }

        RawResponse refused = ask("guess");

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.failure()).isEqualTo("gateway.source-limited");
        assertThat(ask(gateway.everything()).status()).isEqualTo(200);
    }

    private RawResponse ask(String token) throws IOException {
        try (RawClient client = gateway.connect()) {
            return client.exchange(gateway.requestAs(token, "GET", DAGS));
        }
    }
}
