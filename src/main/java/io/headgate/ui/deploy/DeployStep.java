package io.headgate.ui.deploy;

import io.headgate.deploy.Deploy;
import io.headgate.deploy.DeployState;
import io.headgate.deployment.BundleVersion;
import io.headgate.ui.frame.Moment;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// One step of a deploy, and how far it is. A time is shown where one was written down, and nowhere else.
///
/// @param tone names shape and colour in the stylesheet
/// @param at when it was done; empty if it is not, or if nobody wrote it down
/// @param since how long after the step before; empty unless both times are known
record DeployStep(String tone, String label, String progress, Optional<Moment> at, String since) {
    private static final String DONE = "ok";
    private static final int SHOWN_MILLIS_MIN = 100;

    /// The steps in their order, up to the one at which a deploy failed.
    static List<DeployStep> of(Deploy deploy, Instant now) {
        boolean rollback = deploy.rollbackFromId().isPresent();
        Steps steps = new Steps(deploy, now);
        steps.add("Created", true, Optional.of(deploy.authorship().createdAt()), "");
        if (!rollback) {
            steps.add(
                    "Code uploaded",
                    deploy.version().isPresent(),
                    deploy.version().flatMap(DeployStep::uploadedAt),
                    "waits for the upload");
        }
        steps.add(
                rollback ? "Queued" : "Finalized",
                deploy.finalizedAt().isPresent(),
                deploy.finalizedAt(),
                "waits for the pipeline to finalize it");
        steps.add(
                "Code checked",
                isActivated(deploy),
                Optional.empty(),
                deploy.state() == DeployState.QUEUED ? "waits for its turn" : "under way");
        steps.add("Handed to Airflow", isActivated(deploy), Optional.empty(), "");
        steps.add("Live", deploy.state() == DeployState.DEPLOYED, deploy.endedAt(), "Airflow is taking it over");
        return steps.list;
    }

    /// Whether the code was fit to be served: only then is it written down what was found, or in a push, what to serve.
    private static boolean isActivated(Deploy deploy) {
        return switch (deploy.state()) {
            case ACTIVATING, DEPLOYED -> true;
            case CREATED, QUEUED, VALIDATING -> false;
            case FAILED ->
                deploy.rollbackFromId().isPresent()
                        ? deploy.findings().isPresent()
                        : deploy.code().isPresent();
        };
    }

    /// A version is named after the end of its upload (D6).
    private static Optional<Instant> uploadedAt(BundleVersion version) {
        try {
            return Optional.of(Instant.parse(version.text()));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    private static String after(Duration time) {
        if (time.toMillis() < SHOWN_MILLIS_MIN) {
            return "";
        }
        if (time.compareTo(Duration.ofMinutes(1)) < 0) {
            return String.format(Locale.ROOT, "+%.1f s", time.toMillis() / 1000.0);
        }
        return time.compareTo(Duration.ofHours(1)) < 0
                ? "+" + time.toMinutes() + " min " + time.toSecondsPart() + " s"
                : "+" + time.toHours() + " h " + time.toMinutesPart() + " min";
    }

    /// Collects them: the first that is not done is under way, or it is where the deploy failed.
    private static final class Steps {
        private final List<DeployStep> list = new ArrayList<>();
        private final Deploy deploy;
        private final Instant now;
        private Optional<Instant> before = Optional.empty();
        private boolean reached = true;

        Steps(Deploy deploy, Instant now) {
            this.deploy = deploy;
            this.now = now;
        }

        void add(String label, boolean done, Optional<Instant> at, String waiting) {
            if (done && reached) {
                list.add(new DeployStep(
                        DONE,
                        label,
                        "",
                        at.map(time -> Moment.of(time, now)),
                        at.map(this::since).orElse("")));
                before = at;
                return;
            }
            boolean failed = deploy.state() == DeployState.FAILED;
            if (reached && failed) {
                list.add(new DeployStep(
                        "bad",
                        label,
                        "failed",
                        deploy.endedAt().map(time -> Moment.of(time, now)),
                        deploy.endedAt().map(this::since).orElse("")));
            } else if (reached) {
                list.add(new DeployStep("busy", label, waiting, Optional.empty(), ""));
            } else if (!failed) {
                list.add(new DeployStep("unknown", label, "", Optional.empty(), ""));
            }
            reached = false;
        }

        private String since(Instant at) {
            return before.map(earlier -> after(Duration.between(earlier, at))).orElse("");
        }
    }
}
