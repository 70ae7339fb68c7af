package io.headgate.audit;

import io.headgate.kernel.DeploymentId;
import io.headgate.kernel.OrganizationId;
import io.headgate.kernel.WorkspaceId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Which events of an Organization are wanted.
///
/// @param from inclusive
/// @param until exclusive
/// @param subjectId of a user or an API token
public record AuditFilter(
        OrganizationId organizationId,
        Instant from,
        Instant until,
        Optional<String> subjectId,
        Optional<WorkspaceId> workspaceId,
        Optional<DeploymentId> deploymentId) {
    /// How far an export reaches back if it is not told (U1).
    public static final int DAYS_DEFAULT = 7;

    /// How far it may (U1).
    public static final int DAYS_MAX = 90;

    /// Everything of the last days, up to now; with what the same moment may still bring.
    public static AuditFilter ofDays(OrganizationId organizationId, int days, Instant now) {
        return new AuditFilter(
                organizationId,
                now.minus(Duration.ofDays(days)),
                now.plusSeconds(1),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
