package io.headgate.token;

import io.headgate.access.Caller;
import io.headgate.access.RoleAssignment;
import io.headgate.access.Scope;
import io.headgate.deployment.Deployment;
import io.headgate.deployment.Deployments;
import io.headgate.kernel.DeploymentId;
import io.headgate.kernel.OrganizationId;
import io.headgate.kernel.Problem;
import io.headgate.kernel.WorkspaceId;
import io.headgate.organization.Workspaces;
import io.headgate.storage.Transaction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Finds the objects on which a token is to hold roles, and refuses what cannot be (T6); all that is wrong is told at
/// once, by its place in the list.
///
/// An object that the caller cannot see is answered like one that does not exist.
final class WantedRoles {
    private final Workspaces workspaces;
    private final Deployments deployments;

    WantedRoles(Workspaces workspaces, Deployments deployments) {
        this.workspaces = workspaces;
        this.deployments = deployments;
    }

    /// The roles on objects that stay what they are until the transaction ends; must come before the token is locked,
    /// because whoever deletes an object locks it before its tokens.
    List<RoleAssignment> found(Transaction tx, Caller caller, ApiToken token, List<WantedRole> wanted) {
        Finding finding = new Finding(tx, caller, token.home());
        for (int i = 0; i < wanted.size(); i++) {
            finding.look("roles[" + i + "]", wanted.get(i));
        }
        finding.finish();
        return finding.found;
    }

    private final class Finding {
        private final Transaction tx;
        private final Caller caller;
        private final Scope home;
        private final List<RoleAssignment> found = new ArrayList<>();
        private final Set<Scope> scopes = new HashSet<>();
        private final List<Problem.FieldError> errors = new ArrayList<>();

        Finding(Transaction tx, Caller caller, Scope home) {
            this.tx = tx;
            this.caller = caller;
            this.home = home;
        }

        void look(String path, WantedRole wanted) {
            scope(path, wanted).ifPresent(scope -> {
                if (scopes.add(scope)) {
                    found.add(new RoleAssignment(wanted.role(), scope));
                } else {
                    refuse(
                            path + ".entityId",
                            "duplicate",
                            "names the same " + scope.kind().noun() + " a second time: one role on each");
                }
            });
        }

        void finish() {
            if (errors.isEmpty() && !scopes.contains(home)) {
                errors.add(new Problem.FieldError(
                        "roles",
                        "required",
                        "roles must hold exactly one " + home.kind() + " role, the one on " + home.objectId()
                                + " that the token belongs to"));
            }
            if (!errors.isEmpty()) {
                throw Problem.invalidFields(errors).asException();
            }
            lock();
        }

        private Optional<Scope> scope(String path, WantedRole wanted) {
            return switch (wanted) {
                case WantedRole.OnOrganization on -> onOrganization(path, on.id());
                case WantedRole.OnWorkspace on -> onWorkspace(path, on);
                case WantedRole.OnDeployment on -> onDeployment(path, on.id());
            };
        }

        private Optional<Scope> onOrganization(String path, OrganizationId id) {
            if (!(home instanceof Scope.OfOrganization)) {
                return refuseType(path, "ORGANIZATION");
            }
            return id.equals(home.organizationId())
                    ? Optional.of(home)
                    : refuse(path + ".entityId", "unknown", "must be the Organization of the token");
        }

        private Optional<Scope> onWorkspace(String path, WantedRole.OnWorkspace on) {
            Scope.OfWorkspace scope = new Scope.OfWorkspace(home.organizationId(), on.id());
            return switch (home) {
                case Scope.OfDeployment _ -> refuseType(path, "WORKSPACE");
                case Scope.OfWorkspace own ->
                    own.equals(scope)
                            ? Optional.of(own)
                            : refuse(
                                    path + ".entityId",
                                    "other-workspace",
                                    "must be " + own.workspaceId() + ", the Workspace that the token belongs to");
                case Scope.OfOrganization organization ->
                    caller.sees(scope)
                                    && workspaces
                                            .find(tx, organization.organizationId(), on.id())
                                            .isPresent()
                            ? Optional.of(scope)
                            : refuse(path + ".entityId", "unknown", "names no Workspace");
            };
        }

        private Optional<Scope> onDeployment(String path, DeploymentId id) {
            if (home instanceof Scope.OfDeployment own) {
                return own.deploymentId().equals(id)
                        ? Optional.of(own)
                        : refuse(
                                path + ".entityId",
                                "other-deployment",
                                "must be " + own.deploymentId() + ", the Deployment that the token belongs to");
            }
            Optional<Scope.OfDeployment> scope =
                    deployments.find(tx, caller, home.organizationId(), id).map(Deployment::scope);
            if (scope.isEmpty()) {
                return refuse(path + ".entityId", "unknown", "names no Deployment");
            }
            return home.covers(scope.get())
                    ? Optional.of(scope.get())
                    : refuse(path + ".entityId", "other-workspace", "is in another Workspace than the token");
        }

        /// In one order, so that two updates never wait for each other; an object that is gone meanwhile is the same as
        /// one that never was.
        private void lock() {
            List<Scope> others = found.stream()
                    .map(RoleAssignment::scope)
                    .filter(scope -> !scope.equals(home))
                    .sorted(Comparator.comparing(Scope::kind)
                            .thenComparing(scope -> scope.objectId().value()))
                    .toList();
            for (Scope scope : others) {
                boolean there = switch (scope) {
                    case Scope.OfOrganization _ -> true;
                    case Scope.OfWorkspace(OrganizationId organization, WorkspaceId id) ->
                        workspaces.findToAddTo(tx, organization, id).isPresent();
                    case Scope.OfDeployment deployment ->
                        deployments
                                .findForUpdate(tx, deployment.organizationId(), deployment.deploymentId())
                                .isPresent();
                };
                if (!there) {
                    throw Problem.notFound(scope.kind().noun()).asException();
                }
            }
        }

        private <T> Optional<T> refuseType(String path, String type) {
            return refuse(
                    path + ".entityType",
                    "scope",
                    "cannot be " + type + ": the token belongs to a "
                            + home.kind().noun());
        }

        private <T> Optional<T> refuse(String field, String code, String requirement) {
            errors.add(new Problem.FieldError(field, code, field + " " + requirement));
            return Optional.empty();
        }
    }
}
