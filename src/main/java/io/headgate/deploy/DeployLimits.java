package io.headgate.deploy;

import java.time.Duration;

/// How long the parts of a deploy may take, and how much an archive may hold.
///
/// @param answer until finalize answers, queue included; what takes longer goes on, and the deploy tells how it ended
/// @param untilLive until the next deploy of the queue need not wait any longer for Airflow to serve this one
/// @param unfinalized after which a deploy that nobody finalized has failed (D15)
/// @param uploadUrl for which an upload URL is good
/// @param attempts how often what fails by no fault of the code is tried
/// @param pause between them
/// @param archiveBytes of an upload
/// @param retention for which code is kept after it was finalized (H2)
public record DeployLimits(
        Duration answer,
        Duration untilLive,
        Duration unfinalized,
        Duration uploadUrl,
        int attempts,
        Duration pause,
        long archiveBytes,
        Duration retention) {
    private static final long ARCHIVE_BYTES = 2L << 30;
    private static final int RETENTION_DAYS = 90;

    public static DeployLimits standard() {
        return new DeployLimits(
                Duration.ofSeconds(60),
                Duration.ofSeconds(120),
                Duration.ofHours(24),
                Duration.ofHours(4),
                3,
                Duration.ofSeconds(5),
                ARCHIVE_BYTES,
                Duration.ofDays(RETENTION_DAYS));
    }

    public DeployLimits withArchiveBytes(long most) {
        return new DeployLimits(answer, untilLive, unfinalized, uploadUrl, attempts, pause, most, retention);
    }

    public DeployLimits withRetention(Duration kept) {
        return new DeployLimits(answer, untilLive, unfinalized, uploadUrl, attempts, pause, archiveBytes, kept);
    }

    public DeployLimits withWaits(Duration answering, Duration goingLive, Duration between) {
        return new DeployLimits(
                answering, goingLive, unfinalized, uploadUrl, attempts, between, archiveBytes, retention);
    }
}
