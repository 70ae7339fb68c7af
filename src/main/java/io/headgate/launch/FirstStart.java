package io.headgate.launch;

import io.headgate.access.Authorship;
import io.headgate.access.Caller;
import io.headgate.access.Role;
import io.headgate.access.Scope;
import io.headgate.audit.AuditEvent;
import io.headgate.audit.AuditLog;
import io.headgate.deployment.Deployment;
import io.headgate.deployment.DeploymentFilter;
import io.headgate.deployment.NewDeployment;
import io.headgate.identity.User;
import io.headgate.kernel.OrganizationId;
import io.headgate.kernel.PageRequest;
import io.headgate.kernel.ProblemException;
import io.headgate.kernel.SecretText;
import io.headgate.kernel.WorkspaceId;
import io.headgate.organization.NewWorkspace;
import io.headgate.organization.Organization;
import io.headgate.organization.Workspace;
import io.headgate.organization.WorkspaceFilter;
import io.headgate.storage.Transaction;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Fills an empty database with an Organization, its owner, a Workspace and, if wanted, a first Deployment.
///
/// Every step looks first whether it has been done, so a start that is killed in between goes on the next time.
final class FirstStart {
    static final String QUICKSTART = "quickstart";

    private static final Caller.Origin ORIGIN = new Caller.Origin("first-start", "local", "headgate up");

    private final ControlPlane controlPlane;
    private final InstallationStore store = new InstallationStore();

    FirstStart(ControlPlane controlPlane) {
        this.controlPlane = controlPlane;
    }

    /// What the first start is told by settings.
    record Wishes(Optional<String> ownerEmail, Optional<SecretText> ownerPassword, boolean quickstart) {}

    /// What is there afterwards.
    record Outcome(
            String installationId,
            OrganizationId organizationId,
            Optional<WorkspaceId> workspaceId,
            String ownerEmail,
            Optional<Deployment> quickstart) {}

    Outcome ensure(Wishes wishes) {
        InstallationStore.Installation installation = installation();
        User owner = owner(wishes);
        Caller caller = new Caller(owner.principal(), ORIGIN);
        OrganizationId organizationId = owner.organizationId();
        if (!installation.bootstrapped()) {
            Workspace workspace = workspace(caller, organizationId)
                    .orElseGet(() -> controlPlane
                            .workspaces()
                            .create(caller, organizationId, new NewWorkspace("Default", "", false)));
            if (wishes.quickstart() && quickstart(caller, organizationId).isEmpty()) {
                // runs at once, so that the first thing a person sees in Airflow is a run and not a switch
                controlPlane
                        .deployments()
                        .create(
                                caller,
                                organizationId,
                                NewDeployment.named(workspace.id(), QUICKSTART).withDagsRunningAtOnce());
            }
            controlPlane
                    .transactions()
                    .useTransaction(
                            tx -> store.bootstrapped(tx, controlPlane.clock().instant()));
        }
        return new Outcome(
                installation.id(),
                organizationId,
                workspace(caller, organizationId).map(Workspace::id),
                owner.email(),
                quickstart(caller, organizationId));
    }

    private InstallationStore.Installation installation() {
        return controlPlane.transactions().inTransaction(tx -> {
            if (store.find(tx).isEmpty()) {
                store.insert(
                        tx,
                        controlPlane.ids().organization().value(),
                        controlPlane.clock().instant());
            }
            return store.find(tx).orElseThrow();
        });
    }

    /// A weak password ends the start, while nothing has been stored yet.
    private void check(String email, SecretText password) {
        try {
            controlPlane.identity().passwords().check(email, password);
        } catch (ProblemException e) {
            throw new LaunchException("HEADGATE_OWNER_EMAIL and HEADGATE_OWNER_PASSWORD (owner.email, owner.password)"
                    + " cannot be the owner's: " + e.problem().message());
        }
    }

    private User owner(Wishes wishes) {
        return controlPlane
                .transactions()
                .inTransaction(tx -> controlPlane.users().owner(tx).orElseGet(() -> {
                    String email = wishes.ownerEmail().orElse("owner@localhost");
                    wishes.ownerPassword().ifPresent(password -> check(email, password));
                    OrganizationId id = controlPlane.ids().organization();
                    User owner = controlPlane.users().newOwner(id, email);
                    controlPlane
                            .organizations()
                            .found(
                                    tx,
                                    new Organization(
                                            id,
                                            "My organization",
                                            Authorship.createdBy(
                                                    owner.principal().subject(),
                                                    controlPlane.clock().instant())));
                    controlPlane.users().add(tx, owner, wishes.ownerPassword());
                    record(tx, owner);
                    return owner;
                }));
    }

    private void record(Transaction tx, User owner) {
        Caller caller = new Caller(owner.principal(), ORIGIN);
        Scope scope = new Scope.OfOrganization(owner.organizationId());
        AuditLog log = controlPlane.audit().log();
        log.append(
                tx,
                caller,
                new AuditEvent(
                        "organization.created",
                        scope,
                        "ORGANIZATION",
                        owner.organizationId().value()));
        log.append(
                tx,
                caller,
                new AuditEvent(
                                "user.created",
                                scope,
                                "USER",
                                owner.principal().subject().id())
                        .with(Map.of("email", owner.email(), "role", Role.ORGANIZATION_OWNER.name())));
    }

    private Optional<Workspace> workspace(Caller caller, OrganizationId organizationId) {
        return controlPlane
                .workspaces()
                .list(caller, organizationId, new WorkspaceFilter(List.of(), List.of()), PageRequest.first())
                .items()
                .stream()
                .findFirst();
    }

    private Optional<Deployment> quickstart(Caller caller, OrganizationId organizationId) {
        return controlPlane
                .deployments()
                .list(
                        caller,
                        organizationId,
                        new DeploymentFilter(List.of(), List.of(QUICKSTART), List.of()),
                        PageRequest.first())
                .items()
                .stream()
                .findFirst();
    }
}
