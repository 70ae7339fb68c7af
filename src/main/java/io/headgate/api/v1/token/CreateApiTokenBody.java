package io.headgate.api.v1.token;

import io.headgate.access.Role;
import io.headgate.access.ScopeKind;
import io.headgate.api.http.RequestBody;
import io.headgate.kernel.DeploymentId;
import io.headgate.kernel.OrganizationId;
import io.headgate.kernel.WorkspaceId;
import io.headgate.token.NewApiToken;
import io.headgate.token.Validity;
import io.headgate.web.Member;
import io.headgate.web.MemberRule;
import io.headgate.web.Members;
import io.headgate.web.TextRule;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Reads `CreateApiTokenRequest`, in the spelling of either version: `scope` or `type`.
final class CreateApiTokenBody {
    private static final MemberRule<ScopeKind> SCOPE = MemberRule.oneOf(List.of(ScopeKind.values()));
    private static final MemberRule<Integer> PERIOD =
            MemberRule.integer(Validity.PERIOD_MIN_DAYS, Validity.PERIOD_MAX_DAYS);

    private final Members members;
    private final OrganizationId organizationId;

    private CreateApiTokenBody(RequestBody body, OrganizationId organizationId) {
        this.members = body.members();
        this.organizationId = organizationId;
    }

    /// `organizationId` is that of the path.
    static NewApiToken read(RequestBody body, OrganizationId organizationId) {
        return new CreateApiTokenBody(body, organizationId).read();
    }

    private NewApiToken read() {
        Optional<String> name = members.require("name", TextRule.line(1, NewApiToken.NAME_MAX));
        Optional<String> description = members.read("description", TextRule.lines(NewApiToken.DESCRIPTION_MAX));
        Optional<Integer> period = members.read("tokenExpiryPeriodInDays", PERIOD);
        members.readUnlessEmpty("kind", CreateApiTokenBody::standard);
        Home home = scope().map(this::home).orElse(new Home.Undecided());
        members.finish(ApiTokenModel.WITH_REQUESTS);
        members.throwIfWrong();
        NewApiToken.Terms terms = new NewApiToken.Terms(
                name.orElseThrow(),
                description.orElse(""),
                period.map(OptionalInt::of).orElse(OptionalInt.empty()));
        return switch (home) {
            case Home.OnDeployment onDeployment -> new NewApiToken.ForDeployment(onDeployment.id(), terms);
            case Home.OnWorkspace onWorkspace ->
                new NewApiToken.ForWorkspace(onWorkspace.id(), onWorkspace.role(), terms);
            case Home.OnOrganization onOrganization -> new NewApiToken.ForOrganization(onOrganization.role(), terms);
            case Home.Undecided _ -> throw new IllegalStateException("a body without a scope was not refused");
        };
    }

    /// What the scope makes of the rest of the body.
    private sealed interface Home {
        record OnDeployment(DeploymentId id) implements Home {}

        record OnWorkspace(WorkspaceId id, Role role) implements Home {}

        record OnOrganization(Role role) implements Home {}

        /// Something was refused on the way.
        record Undecided() implements Home {}
    }

    private Optional<ScopeKind> scope() {
        Optional<ScopeKind> type = members.readUnlessEmpty("type", SCOPE);
        Optional<ScopeKind> scope = type.isPresent()
                ? members.readUnlessEmpty("scope", SCOPE).or(() -> type)
                : members.require("scope", SCOPE);
        if (type.isPresent() && !scope.equals(type)) {
            members.refuse("type", "conflict", "must say the same as scope, which is its newer name");
            return Optional.empty();
        }
        return scope;
    }

    private Home home(ScopeKind scope) {
        return switch (scope) {
            case DEPLOYMENT -> onDeployment();
            case ORGANIZATION -> onOrganization();
            case WORKSPACE -> onWorkspace();
        };
    }

    /// The role is fixed and need not be named (S9); `""` is what the command line sends when nobody chose one.
    private Home onDeployment() {
        members.readUnlessEmpty("role", MemberRule.oneOf(Role.of(ScopeKind.DEPLOYMENT)));
        return members.require("entityId", MemberRule.id(DeploymentId::new))
                .<Home>map(Home.OnDeployment::new)
                .orElse(new Home.Undecided());
    }

    private Home onWorkspace() {
        Optional<WorkspaceId> id = members.require("entityId", MemberRule.id(WorkspaceId::new));
        Optional<Role> role = members.require("role", MemberRule.oneOf(Role.of(ScopeKind.WORKSPACE)));
        return id.isPresent() && role.isPresent() ? new Home.OnWorkspace(id.get(), role.get()) : new Home.Undecided();
    }

    private Home onOrganization() {
        // clients leave it out; one that names it must mean the Organization of the path
        members.readUnlessEmpty(
                "entityId",
                member -> Optional.of(organizationId)
                        .filter(id -> id.value().equals(member.value().textValue()))
                        .or(() -> member.refuseGiven("id", "must be the Organization's own id, or absent")));
        return members.require("role", MemberRule.oneOf(Role.of(ScopeKind.ORGANIZATION)))
                .<Home>map(Home.OnOrganization::new)
                .orElse(new Home.Undecided());
    }

    private static Optional<String> standard(Member member) {
        return Optional.ofNullable(member.value().textValue())
                .filter(ApiTokenWire.KIND::equals)
                .or(() -> member.refuseGiven("enum", "must be " + ApiTokenWire.KIND));
    }
}
