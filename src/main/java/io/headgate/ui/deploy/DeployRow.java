package io.headgate.ui.deploy;

import io.headgate.access.SubjectProfile;
import io.headgate.deploy.Deploy;
import io.headgate.deploy.DeployState;
import io.headgate.deploy.DeployType;
import io.headgate.deployment.BundleVersion;
import io.headgate.ui.frame.DeploymentHeads;
import io.headgate.ui.frame.Moment;
import java.time.Instant;
import java.util.Optional;

/// A deploy as a line of the history and above its own page.
///
/// @param rollback whether it brought back the code of an earlier one
/// @param current whether Airflow serves what it brought
/// @param version to the second, for people; empty until something was uploaded
/// @param fullVersion as Airflow and pipelines have it
/// @param machine whether an API token made it
/// @param canBeBroughtBack whether it can be rolled back to now
record DeployRow(
        String id,
        Status status,
        String type,
        boolean rollback,
        String rollbackFromId,
        Moment created,
        boolean current,
        String version,
        String fullVersion,
        String description,
        Optional<CommitLink> commit,
        String runtime,
        String by,
        boolean machine,
        boolean canBeBroughtBack,
        Instant createdAt) {

    /// How far it is, as a word with a shape and colour.
    record Status(String word, String tone) {}

    static DeployRow of(Deploy deploy, boolean current, boolean canBeBroughtBack, Instant now) {
        return new DeployRow(
                deploy.id().value(),
                status(deploy),
                type(deploy.type()),
                deploy.rollbackFromId().isPresent(),
                deploy.rollbackFromId().map(from -> from.value()).orElse(""),
                Moment.of(deploy.authorship().createdAt(), now),
                current,
                deploy.version().map(DeploymentHeads::shown).orElse(""),
                deploy.version().map(BundleVersion::text).orElse(""),
                deploy.description().orElse(""),
                deploy.git().map(CommitLink::of),
                deploy.runtimeVersion(),
                deploy.authorship().createdBy().name(),
                deploy.authorship().createdBy().kind() == SubjectProfile.Kind.SERVICEKEY,
                canBeBroughtBack,
                deploy.authorship().createdAt());
    }

    private static Status status(Deploy deploy) {
        return switch (deploy.state()) {
            case CREATED -> new Status("Created", "new");
            case QUEUED -> new Status("Queued", "busy");
            case VALIDATING -> new Status("Checking", "busy");
            case ACTIVATING -> new Status("Going live", "busy");
            case DEPLOYED ->
                deploy.findings().map(found -> found.errors().isEmpty()).orElse(true)
                        ? new Status("Deployed", "ok")
                        : new Status("Deployed with errors", "warn");
            case FAILED -> new Status("Failed", "bad");
        };
    }

    private static String type(DeployType type) {
        return switch (type) {
            case IMAGE_AND_DAG -> "Image and DAG";
            case IMAGE_ONLY -> "Image";
            case DAG_ONLY -> "DAG";
            case BUNDLE -> "Bundle";
        };
    }

    /// Whether it has neither gone live nor failed.
    static boolean goesOn(Deploy deploy) {
        return deploy.state() == DeployState.CREATED || deploy.state().isUnderWay();
    }
}
