package io.headgate.deploy;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.kernel.DeployId;
import org.junit.jupiter.api.Test;

/// However many uploads of one deploy are received at once, together they stay within its limit.
final class UploadAllowanceTest {
    private static final DeployId ONE = new DeployId("cdeploy000000000000000001");
    private static final DeployId OTHER = new DeployId("cdeploy000000000000000002");
    private final UploadAllowance allowance = new UploadAllowance(100);

    @Test
    void countsWhatIsReceivedAtOnceTogether() {
        UploadAllowance.Share first = allowance.begin(ONE, () -> 40);
        UploadAllowance.Share second = allowance.begin(ONE, () -> 40);
        first.take(30);
        second.take(30);

        refuses(first);
        refuses(second);
        assertThatCode(() -> allowance.begin(OTHER, () -> 0).take(100))
                .as("control: another deploy")
                .doesNotThrowAnyException();
    }

    /// Otherwise one slow reception after the other would see an empty folder.
    @Test
    void countsWhatWasKeptMeanwhile() {
        UploadAllowance.Share slow = allowance.begin(ONE, () -> 0);
        try (UploadAllowance.Share quick = allowance.begin(ONE, () -> 0)) {
            quick.take(100);
            quick.keep();
        }
        refuses(slow);
    }

    @Test
    void givesBackWhatWasNotKept() {
        UploadAllowance.Share slow = allowance.begin(ONE, () -> 0);
        UploadAllowance.Share broken = allowance.begin(ONE, () -> 0);
        broken.take(100);
        refuses(slow);

        broken.close();
        broken.close();

        assertThatCode(() -> slow.take(100)).doesNotThrowAnyException();
        slow.close();
        refuses(allowance.begin(ONE, () -> 100));
    }

    private static void refuses(UploadAllowance.Share share) {
        assertThatThrownBy(() -> share.take(1)).hasMessageContaining("upload too large");
    }
}
