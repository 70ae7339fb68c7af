package io.headgate.organization;

import io.headgate.access.Authorship;
import io.headgate.access.Caller;
import io.headgate.access.OrganizationPermission;
import io.headgate.access.Reach;
import io.headgate.access.Scope;
import io.headgate.access.WorkspacePermission;
import io.headgate.audit.AuditEvent;
import io.headgate.audit.AuditLog;
import io.headgate.kernel.FailPoint;
import io.headgate.kernel.IdMinter;
import io.headgate.kernel.OrganizationId;
import io.headgate.kernel.Page;
import io.headgate.kernel.PageRequest;
import io.headgate.kernel.Problem;
import io.headgate.kernel.WorkspaceId;
import io.headgate.storage.Transaction;
import io.headgate.storage.Transactions;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What can be done with Workspaces.
public final class Workspaces {
    private final Transactions transactions;
    private final AuditLog audit;
    private final IdMinter ids;
    private final Clock clock;
    private final WorkspaceEnd end;
    private final OrganizationStore organizations = new OrganizationStore();
    private final WorkspaceStore store = new WorkspaceStore();

    public Workspaces(Transactions transactions, AuditLog audit, IdMinter ids, Clock clock, WorkspaceEnd end) {
        this.end = end;
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
        Workspace created = transactions.inTransaction(tx -> {
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
                throw nameTaken(wanted.name()).asException();
            }
            audit.append(tx, caller, event("workspace.created", workspace));
            FailPoint.WORKSPACE_CREATE_BEFORE_COMMIT.pass();
            return workspace;
        });
        FailPoint.WORKSPACE_CREATE_AFTER_COMMIT.pass();
        return created;
    }

    /// Gives a Workspace another name, description or default; 409 if the name is taken in the Organization. If nothing
    /// is different, nothing is written.
    public Workspace update(Caller caller, OrganizationId organizationId, WorkspaceId id, NewWorkspace wanted) {
        Workspace updated = transactions.inTransaction(tx -> {
            caller.require(WorkspacePermission.UPDATE, new Scope.OfWorkspace(organizationId, id), notFound());
            Workspace current = store.findForUpdate(tx, organizationId, id)
                    .orElseThrow(() -> notFound().asException());
            Workspace next = current.with(wanted, current.authorship().updatedBy(caller.subject(), clock.instant()));
            if (next.says(current)) {
                return current;
            }
            if (store.nameTaken(tx, next)) {
                throw nameTaken(wanted.name()).asException();
            }
            store.update(tx, next);
            audit.append(tx, caller, event("workspace.updated", next));
            FailPoint.WORKSPACE_UPDATE_BEFORE_COMMIT.pass();
            return next;
        });
        FailPoint.WORKSPACE_UPDATE_AFTER_COMMIT.pass();
        return updated;
    }

    /// Deletes a Workspace and what belongs to it alone; 400 while it has Deployments, so that nobody deletes those by
    /// accident.
    public void delete(Caller caller, OrganizationId organizationId, WorkspaceId id) {
        transactions.useTransaction(tx -> {
            caller.require(WorkspacePermission.DELETE, new Scope.OfWorkspace(organizationId, id), notFound());
            Workspace workspace = store.findForUpdate(tx, organizationId, id)
                    .orElseThrow(() -> notFound().asException());
            int deployments = store.deployments(tx, id);
            if (deployments > 0) {
                throw Problem.badRequest(
                                "workspace.not-empty",
                                "Workspace still has " + deployments
                                        + (deployments == 1 ? " Deployment" : " Deployments") + ": delete them first")
                        .asException();
            }
            store.delete(tx, id, clock.instant());
            end.workspaceDeleted(tx, caller, workspace.scope());
            audit.append(tx, caller, event("workspace.deleted", workspace));
            FailPoint.WORKSPACE_DELETE_BEFORE_COMMIT.pass();
        });
        FailPoint.WORKSPACE_DELETE_AFTER_COMMIT.pass();
    }

    /// For use cases of things inside a Workspace; decides nothing about rights.
    public Optional<Workspace> find(Transaction transaction, OrganizationId organizationId, WorkspaceId id) {
        return store.find(transaction, organizationId, id);
    }

    /// The same for whoever is about to put something into it: it is not deleted until the transaction ends.
    public Optional<Workspace> findToAddTo(Transaction transaction, OrganizationId organizationId, WorkspaceId id) {
        return store.findToAddTo(transaction, organizationId, id);
    }

    public static Set<String> sortFields() {
        return WorkspaceStore.SORTS.fields();
    }

    public static Problem notFound() {
        return Problem.notFound("Workspace");
    }

    private static Problem nameTaken(String name) {
        return Problem.conflict(
                "workspace.name-taken", "name '" + name + "' is taken by another Workspace of this Organization");
    }

    private static AuditEvent event(String action, Workspace workspace) {
        return new AuditEvent(
                        action, workspace.scope(), "WORKSPACE", workspace.id().value())
                .with(Map.of("name", workspace.name(), "cicdEnforcedDefault", workspace.cicdEnforcedDefault()));
    }
}
