package io.headgate.organization;

import io.headgate.access.Authorship;
import io.headgate.access.Scope;
import io.headgate.kernel.OrganizationId;
import io.headgate.kernel.WorkspaceId;

/// A group of Deployments that the same people care for.
///
/// @param cicdEnforcedDefault whether new Deployments accept code from API tokens only, unless they say otherwise
public record Workspace(
        WorkspaceId id,
        OrganizationId organizationId,
        String organizationName,
        String name,
        String description,
        boolean cicdEnforcedDefault,
        Authorship authorship) {

    public Scope.OfWorkspace scope() {
        return new Scope.OfWorkspace(organizationId, id);
    }

    Workspace with(NewWorkspace wanted, Authorship changed) {
        return new Workspace(
                id,
                organizationId,
                organizationName,
                wanted.name(),
                wanted.description(),
                wanted.cicdEnforcedDefault(),
                changed);
    }

    /// Whether both say the same, whoever said it.
    boolean says(Workspace other) {
        return name.equals(other.name)
                && description.equals(other.description)
                && cicdEnforcedDefault == other.cicdEnforcedDefault;
    }
}
