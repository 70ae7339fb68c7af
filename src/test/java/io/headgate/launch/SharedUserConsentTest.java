package io.headgate.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.deployment.UserIsolation;
import org.junit.jupiter.api.Test;

final class SharedUserConsentTest {
    @Test
    void whereAllShareAUserTheSecondDeploymentNeedsConsent() {
        SharedUserConsent withheld = new SharedUserConsent(UserIsolation.SHARED_USER, false);

        assertThat(withheld.refusal(0)).as("the first shares with nobody").isEmpty();
        assertThat(withheld.refusal(1)).hasValueSatisfying(problem -> {
            assertThat(problem.status()).isEqualTo(409);
            assertThat(problem.message()).contains("a second Deployment is refused", "--allow-shared-user");
        });
        assertThat(new SharedUserConsent(UserIsolation.SHARED_USER, true).refusal(1))
                .as("control: with it")
                .isEmpty();
        assertThat(new SharedUserConsent(UserIsolation.USER_EACH, false).refusal(1))
                .as("nobody shares")
                .isEmpty();
    }

    @Test
    void onlyWhereAllShareAUserThereIsAFinding() {
        assertThat(UserIsolation.SHARED_USER.finding())
                .hasValueSatisfying(words -> assertThat(words).contains("does not run as root", "one trust domain"));
        assertThat(UserIsolation.USER_EACH.finding()).isEmpty();
    }
}
