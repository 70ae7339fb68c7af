package io.headgate.deploy;

import io.headgate.access.Authorship;
import io.headgate.access.Scope;
import io.headgate.audit.AuditEvent;
import io.headgate.deployment.BundleVersion;
import io.headgate.deployment.DesiredCode;
import io.headgate.kernel.DeployId;
import io.headgate.kernel.DeploymentId;
import io.headgate.kernel.OrganizationId;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// One code push to one Deployment (D4).
///
/// @param statusReason one sentence for people: why it failed, or what it waits for; empty when there is nothing to say
/// @param runtimeVersion the Deployment's when it was made
/// @param dagDeployEnabled as at creation time
/// @param rollbackFromId the deploy whose code it brings back; empty for pushes
/// @param version of what was uploaded; empty until an upload is complete
/// @param forced whether it is to be activated in spite of errors in the code
/// @param code what it made Airflow serve; empty until it was validated, except in a rollback
/// @param endedAt when it went live or failed; empty before
/// @param purgedAt when its code was thrown away; empty while it can be rolled back to
public record Deploy(
        DeployId id,
        OrganizationId organizationId,
        DeploymentId deploymentId,
        DeployType type,
        DeployState state,
        String statusReason,
        Optional<String> description,
        Optional<GitCommit> git,
        String runtimeVersion,
        String imageTag,
        boolean dagDeployEnabled,
        Optional<DeployId> rollbackFromId,
        Optional<BundleVersion> version,
        boolean forced,
        Optional<DesiredCode> code,
        Optional<Findings> findings,
        Optional<Instant> finalizedAt,
        Optional<Instant> endedAt,
        Optional<Instant> purgedAt,
        Authorship authorship) {
    /// How the reason of a deploy begins whose packages do not go together; the resolver's own words follow.
    public static final String UNRESOLVED = "requirements.txt cannot be resolved: ";

    /// The version, of a deploy that is finalized and so has one.
    BundleVersion finalVersion() {
        return version.orElseThrow(() -> new IllegalStateException("a finalized deploy has no version"));
    }

    /// What the audit log holds of it (U7): what was pushed, and from which commit.
    AuditEvent event(String action, Scope.OfDeployment place) {
        Map<String, Object> members = new HashMap<>();
        members.put("type", type.name());
        version.ifPresent(pushed -> members.put("version", pushed.text()));
        rollbackFromId.ifPresent(target -> members.put("rollbackFromId", target.value()));
        git.ifPresent(commit -> members.put("commitSha", commit.commitSha()));
        return new AuditEvent(action, place, "DEPLOY", id.value()).with(members);
    }
}
