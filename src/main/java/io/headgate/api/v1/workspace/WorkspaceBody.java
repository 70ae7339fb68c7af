package io.headgate.api.v1.workspace;

import io.headgate.api.http.RequestBody;
import io.headgate.organization.NewWorkspace;
import io.headgate.web.MemberRule;
import io.headgate.web.Members;
import io.headgate.web.TextRule;
import java.util.Optional;
import java.util.Set;

/// Reads `CreateWorkspaceRequest` and `UpdateWorkspaceRequest`.
final class WorkspaceBody {
    /// The rest of what the contract's Workspace model knows; defaults of clouds mean nothing on one host.
    private static final Set<String> MODEL = Set.of(
            "id",
            "organizationId",
            "organizationName",
            "defaultCloudProvider",
            "defaultClusterId",
            "defaultRegion",
            "createdAt",
            "createdBy",
            "updatedAt",
            "updatedBy");

    private WorkspaceBody() {}

    /// Everything but the name has a default.
    static NewWorkspace ofNew(RequestBody body) {
        Members members = body.members();
        Optional<String> name = members.require("name", TextRule.line(1, NewWorkspace.NAME_MAX));
        Optional<String> description = members.read("description", TextRule.lines(NewWorkspace.DESCRIPTION_MAX));
        Optional<Boolean> cicdEnforced = members.read("cicdEnforcedDefault", MemberRule.bool());
        members.finish(MODEL);
        members.throwIfWrong();
        return new NewWorkspace(name.orElseThrow(), description.orElse(""), cicdEnforced.orElse(false));
    }

    /// Everything must be said: an update replaces all of it.
    static NewWorkspace ofExisting(RequestBody body) {
        Members members = body.members();
        Optional<String> name = members.require("name", TextRule.line(1, NewWorkspace.NAME_MAX));
        Optional<String> description = members.require("description", TextRule.lines(NewWorkspace.DESCRIPTION_MAX));
        Optional<Boolean> cicdEnforced = members.require("cicdEnforcedDefault", MemberRule.bool());
        members.finish(MODEL);
        members.throwIfWrong();
        return new NewWorkspace(name.orElseThrow(), description.orElseThrow(), cicdEnforced.orElseThrow());
    }
}
