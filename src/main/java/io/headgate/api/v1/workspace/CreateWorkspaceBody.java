package io.headgate.api.v1.workspace;

import io.headgate.api.http.MemberRule;
import io.headgate.api.http.Members;
import io.headgate.api.http.RequestBody;
import io.headgate.api.http.TextRule;
import io.headgate.organization.NewWorkspace;
import java.util.Optional;
import java.util.Set;

/// Reads `CreateWorkspaceRequest`.
final class CreateWorkspaceBody {
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

    private CreateWorkspaceBody() {}

    static NewWorkspace read(RequestBody body) {
        Members members = body.members();
        Optional<String> name = members.require("name", TextRule.line(1, NewWorkspace.NAME_MAX));
        Optional<String> description = members.read("description", TextRule.lines(NewWorkspace.DESCRIPTION_MAX));
        Optional<Boolean> cicdEnforced = members.read("cicdEnforcedDefault", MemberRule.bool());
        members.finish(MODEL);
        members.throwIfWrong();
        return new NewWorkspace(name.orElseThrow(), description.orElse(""), cicdEnforced.orElse(false));
    }
}
