package io.headgate.organization;

import io.headgate.access.Authorship;
import io.headgate.access.Caller;
import io.headgate.access.OrganizationPermission;
import io.headgate.access.Reach;
import io.headgate.access.Scope;
import io.headgate.access.WorkspacePermission;
import io.headgate.audit.AuditEvent;
import io.headgate.audit.AuditLog;
import io.headgate.kernel.IdMinter;
import io.headgate.kernel.OrganizationId;
import io.headgate.kernel.Page;
import io.headgate.kernel.PageRequest;
import io.headgate.kernel.Problem;
import io.headgate.kernel.WorkspaceId;
import io.headgate.storage.Transaction;
import io.headgate.storage.Transactions;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;

/// What can be done with Workspaces.
public final class Workspaces {
    private final Transactions transactions;
    private final AuditLog audit;
    private final IdMinter ids;
    private final Clock clock;
    private final OrganizationStore organizations = new OrganizationStore();
    private final WorkspaceStore store = new WorkspaceStore();

    public Workspaces(Transactions transactions, AuditLog audit, IdMinter ids, Clock clock) {
        this.transactions = transactions;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    /// The Workspaces of which the caller reaches anything: a Deployment token lists exactly its own (R19).
    public Page<Workspace> list(
            Caller caller, OrganizationId organizationId, WorkspaceFilter filter, PageRequest request) {
        caller.require(OrganizationPermission.GET, new Scope.OfOrganization(organizationId), Organizations.notFound());
        Reach reach = Reach.ofSight(caller.principal(), organizationId);
        return transactions.inTransaction(tx -> store.list(tx, organizationId, reach, filter, request));
    }

    public Workspace view(Caller caller, OrganizationId organizationId, WorkspaceId id) {
        caller.require(WorkspacePermission.GET, new Scope.OfWorkspace(organizationId, id), notFound());
        return transactions
                .inTransaction(tx -> store.find(tx, organizationId, id))
                .orElseThrow(() -> notFound().asException());
    }

    /// Makes a Workspace; its name is unique in the Organization, else 409.
    public Workspace create(Caller caller, OrganizationId organizationId, NewWorkspace wanted) {
        caller.require(
                OrganizationPermission.WORKSPACES_CREATE,
                new Scope.OfOrganization(organizationId),
                Organizations.notFound());
        return transactions.inTransaction(tx -> {
            Organization organization = organizations
                    .find(tx, organizationId)
                    .orElseThrow(() -> Organizations.notFound().asException());
            Workspace workspace = new Workspace(
                    ids.workspace(),
                    organizationId,
                    organization.name(),
                    wanted.name(),
                    wanted.description(),
                    wanted.cicdEnforcedDefault(),
                    Authorship.createdBy(caller.subject(), clock.instant()));
            if (!store.insert(tx, workspace)) {
                throw Problem.conflict(
                                "workspace.name-taken",
                                "name '" + wanted.name() + "' is taken by another Workspace of this Organization")
                        .asException();
            }
            audit.append(
                    tx,
                    caller,
                    new AuditEvent(
                            "workspace.created",
                            workspace.scope(),
                            "WORKSPACE",
                            workspace.id().value()));
            return workspace;
        });
    }

    /// For use cases of things inside a Workspace; decides nothing about rights.
    public Optional<Workspace> find(Transaction transaction, OrganizationId organizationId, WorkspaceId id) {
        return store.find(transaction, organizationId, id);
    }

    public static Set<String> sortFields() {
        return WorkspaceStore.SORTS.fields();
    }

    public static Problem notFound() {
        return Problem.notFound("Workspace");
    }
}
