package io.headgate.audit;

import io.headgate.access.Caller;
import io.headgate.access.Scope;
import io.headgate.kernel.DeploymentId;
import io.headgate.kernel.IdMinter;
import io.headgate.kernel.OrganizationId;
import io.headgate.kernel.WorkspaceId;
import io.headgate.storage.Transaction;
import java.time.Clock;
import java.util.Optional;

/// Appends to the record of who did what, in the transaction of the act: an act that cannot be recorded does not
/// happen.
public final class AuditLog {
    private final AuditEventStore store;
    private final IdMinter ids;
    private final Clock clock;

    public AuditLog(IdMinter ids, Clock clock) {
        this.store = new AuditEventStore();
        this.ids = ids;
        this.clock = clock;
    }

    public void append(Transaction transaction, Caller caller, AuditEvent event) {
        Place place = Place.of(event.scope());
        store.insert(
                transaction,
                new AuditEventStore.Row(
                        ids.auditEvent(), clock.instant(), place, caller.subject(), event, caller.origin()));
    }

    /// A scope as columns; what lies above it in the tree is filled in, what lies below is absent.
    record Place(OrganizationId organization, Optional<WorkspaceId> workspace, Optional<DeploymentId> deployment) {
        static Place of(Scope scope) {
            return switch (scope) {
                case Scope.OfOrganization(OrganizationId organization) ->
                    new Place(organization, Optional.empty(), Optional.empty());
                case Scope.OfWorkspace(OrganizationId organization, WorkspaceId workspace) ->
                    new Place(organization, Optional.of(workspace), Optional.empty());
                case Scope.OfDeployment(OrganizationId organization, WorkspaceId workspace, DeploymentId deployment) ->
                    new Place(organization, Optional.of(workspace), Optional.of(deployment));
            };
        }
    }
}
