package io.headgate.token;

import io.headgate.access.Authorship;
import io.headgate.access.Caller;
import io.headgate.access.OrganizationPermission;
import io.headgate.access.Role;
import io.headgate.access.RoleAssignment;
import io.headgate.access.Scope;
import io.headgate.audit.AuditEvent;
import io.headgate.audit.AuditLog;
import io.headgate.deployment.Deployments;
import io.headgate.kernel.ApiTokenId;
import io.headgate.kernel.DeploymentId;
import io.headgate.kernel.FailPoint;
import io.headgate.kernel.IdMinter;
import io.headgate.kernel.OrganizationId;
import io.headgate.kernel.Page;
import io.headgate.kernel.PageRequest;
import io.headgate.organization.Organizations;
import io.headgate.organization.Workspaces;
import io.headgate.storage.Transaction;
import io.headgate.storage.Transactions;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What people can do with API tokens.
public final class ApiTokens {
    private final Transactions transactions;
    private final AuditLog audit;
    private final IdMinter ids;
    private final Clock clock;
    private final Workspaces workspaces;
    private final Deployments deployments;
    private final TokenMinter minter;
    private final TokenHasher hasher;
    private final LiveTokens live;
    private final LastUses lastUses;
    private final WantedRoles wantedRoles;
    private final ApiTokenStore store = new ApiTokenStore();
    private final TokenRoleStore roles = new TokenRoleStore();

    /// What the use cases need from elsewhere.
    public record Needs(
            Transactions transactions,
            AuditLog audit,
            IdMinter ids,
            Clock clock,
            Workspaces workspaces,
            Deployments deployments,
            TokenMinter minter,
            TokenHasher hasher,
            LiveTokens live,
            LastUses lastUses) {}

    public ApiTokens(Needs needs) {
        this.transactions = needs.transactions;
        this.audit = needs.audit;
        this.ids = needs.ids;
        this.clock = needs.clock;
        this.workspaces = needs.workspaces;
        this.deployments = needs.deployments;
        this.wantedRoles = new WantedRoles(needs.workspaces, needs.deployments);
        this.minter = needs.minter;
        this.hasher = needs.hasher;
        this.live = needs.live;
        this.lastUses = needs.lastUses;
    }

    /// The tokens that the caller may see, expired ones too (S39).
    public Page<ApiToken> list(Caller caller, OrganizationId organizationId, TokenFilter filter, PageRequest request) {
        caller.require(OrganizationPermission.GET, new Scope.OfOrganization(organizationId), Organizations.notFound());
        return transactions
                .inTransaction(tx ->
                        store.list(tx, organizationId, TokenAccess.visible(caller, organizationId), filter, request))
                .map(token -> shown(caller, token));
    }

    public ApiToken view(Caller caller, OrganizationId organizationId, ApiTokenId id) {
        return shown(
                caller,
                transactions.inTransaction(tx -> TokenAccess.readable(
                        caller, store.find(tx, organizationId, TokenAccess.known(caller, organizationId), id))));
    }

    /// Makes a token; its value is in this answer and never again (S20).
    public IssuedToken create(Caller caller, OrganizationId organizationId, NewApiToken wanted) {
        IssuedToken made = transactions.inTransaction(tx -> {
            Scope home = homeFor(tx, caller, organizationId, wanted);
            Role role = switch (wanted) {
                case NewApiToken.ForDeployment _ -> Role.DEPLOYMENT_ADMIN;
                case NewApiToken.ForWorkspace workspace -> workspace.role();
                case NewApiToken.ForOrganization organization -> organization.role();
            };
            caller.requireAllOf(new RoleAssignment(role, home));
            Instant now = clock.instant();
            NewApiToken.Terms terms = wanted.terms();
            ApiToken token = new ApiToken(
                    ids.apiToken(),
                    home,
                    terms.name(),
                    terms.description(),
                    role,
                    List.of(),
                    new Validity(now, terms.periodInDays()),
                    "",
                    Optional.empty(),
                    Optional.empty(),
                    Authorship.createdBy(caller.subject(), now));
            TokenValue value = minter.mint(token);
            ApiToken created = token.withShortToken(value.shortForm());
            store.insert(tx, created, hasher.hashForStorage(value));
            record(tx, caller, "token.created", created);
            FailPoint.TOKEN_CREATE_BEFORE_COMMIT.pass();
            return new IssuedToken(created, value);
        });
        FailPoint.TOKEN_CREATE_AFTER_COMMIT.pass();
        return made;
    }

    /// Changes name and description, nothing else (S23).
    public ApiToken update(Caller caller, OrganizationId organizationId, ApiTokenId id, TokenNaming naming) {
        ApiToken updated = transactions.inTransaction(tx -> {
            ApiToken token = TokenAccess.changeable(
                    caller,
                    store.findForUpdate(tx, organizationId, TokenAccess.known(caller, organizationId), id),
                    TokenAct.UPDATE);
            ApiToken renamed = token.renamed(
                    naming.name(), naming.description().orElse(token.description()), caller.subject(), clock.instant());
            store.rename(tx, renamed);
            record(tx, caller, "token.updated", renamed);
            FailPoint.TOKEN_UPDATE_BEFORE_COMMIT.pass();
            return renamed;
        });
        FailPoint.TOKEN_UPDATE_AFTER_COMMIT.pass();
        return shown(caller, updated);
    }

    /// Gives the token exactly these roles as far as the caller is shown any; it acts with them from the next request
    /// on.
    public ApiToken updateRoles(Caller caller, OrganizationId organizationId, ApiTokenId id, List<WantedRole> wanted) {
        ApiToken updated = transactions.inTransaction(tx -> {
            ApiToken seen = TokenAccess.reassignable(
                    caller, store.find(tx, organizationId, TokenAccess.known(caller, organizationId), id));
            List<RoleAssignment> found = wantedRoles.found(tx, caller, seen, wanted);
            ApiToken token = TokenAccess.reassignable(
                    caller, store.findForUpdate(tx, organizationId, TokenAccess.known(caller, organizationId), id));
            TokenRolesUpdate update = TokenRolesUpdate.of(caller, token, found);
            update.require(caller);
            if (update.touched().isEmpty()) {
                return token;
            }
            ApiToken reassigned =
                    token.reassigned(update.role(), update.furtherRoles(), caller.subject(), clock.instant());
            store.reassign(tx, reassigned);
            roles.replace(tx, id, update.furtherRoles());
            update.touched()
                    .forEach(touch -> record(
                            tx, caller, new AuditEvent(touch.action(), touch.scope(), "API_TOKEN", id.value()), id));
            FailPoint.TOKEN_ROLES_BEFORE_COMMIT.pass();
            return reassigned;
        });
        FailPoint.TOKEN_ROLES_AFTER_COMMIT.pass();
        return shown(caller, updated);
    }

    /// Replaces the value. The old one is refused on the very next request (S31); the period starts again (S35).
    public IssuedToken rotate(Caller caller, OrganizationId organizationId, ApiTokenId id) {
        IssuedToken fresh = transactions.inTransaction(tx -> {
            ApiToken token = TokenAccess.changeable(
                    caller,
                    store.findForUpdate(tx, organizationId, TokenAccess.known(caller, organizationId), id),
                    TokenAct.ROTATE);
            ApiToken rotated = token.rotated(caller.subject(), clock.instant());
            TokenValue value = minter.mint(rotated);
            ApiToken issued = rotated.withShortToken(value.shortForm());
            store.replaceSecret(tx, issued, hasher.hashForStorage(value));
            record(tx, caller, "token.rotated", issued);
            FailPoint.TOKEN_ROTATE_BEFORE_COMMIT.pass();
            return new IssuedToken(shown(caller, issued), value);
        });
        FailPoint.TOKEN_ROTATE_AFTER_COMMIT.pass();
        return fresh;
    }

    /// Deletes a token for good (S26); a second time it is not found.
    public void delete(Caller caller, OrganizationId organizationId, ApiTokenId id) {
        transactions.useTransaction(tx -> {
            ApiToken token = TokenAccess.changeable(
                    caller,
                    store.findForUpdate(tx, organizationId, TokenAccess.known(caller, organizationId), id),
                    TokenAct.DELETE);
            store.delete(tx, id);
            record(tx, caller, "token.deleted", token);
            FailPoint.TOKEN_DELETE_BEFORE_COMMIT.pass();
        });
        FailPoint.TOKEN_DELETE_AFTER_COMMIT.pass();
    }

    /// Those of every Organization that end after one time and by another; for features that warn of it.
    public List<ApiToken> ending(Transaction transaction, Instant after, Instant until) {
        return store.ending(transaction, after, until);
    }

    public static Set<String> sortFields() {
        return ApiTokenStore.SORTS.fields();
    }

    /// The object that the token is to belong to, which is not deleted until the transaction ends.
    private Scope homeFor(Transaction tx, Caller caller, OrganizationId organizationId, NewApiToken wanted) {
        return switch (wanted) {
            case NewApiToken.ForDeployment forDeployment -> {
                DeploymentId id = forDeployment.deploymentId();
                Scope home = deployments
                        .findForUpdate(tx, caller, organizationId, id)
                        .orElseThrow(() -> Deployments.notFound().asException())
                        .scope();
                caller.require(TokenAct.CREATE.on(home), home, Deployments.notFound());
                yield home;
            }
            case NewApiToken.ForWorkspace forWorkspace -> {
                Scope home = new Scope.OfWorkspace(organizationId, forWorkspace.workspaceId());
                caller.require(TokenAct.CREATE.on(home), home, Workspaces.notFound());
                yield workspaces
                        .findToAddTo(tx, organizationId, forWorkspace.workspaceId())
                        .orElseThrow(() -> Workspaces.notFound().asException())
                        .scope();
            }
            case NewApiToken.ForOrganization _ -> {
                Scope home = new Scope.OfOrganization(organizationId);
                caller.require(TokenAct.CREATE.on(home), home, Organizations.notFound());
                yield home;
            }
        };
    }

    private void record(Transaction tx, Caller caller, String action, ApiToken token) {
        Map<String, Object> details = new HashMap<>();
        details.put("name", token.name());
        details.put("role", token.role().name());
        token.validity().periodInDays().ifPresent(days -> details.put("tokenExpiryPeriodInDays", days));
        record(
                tx,
                caller,
                new AuditEvent(action, token.home(), "API_TOKEN", token.id().value()).with(details),
                token.id());
    }

    private void record(Transaction tx, Caller caller, AuditEvent event, ApiTokenId id) {
        audit.append(tx, caller, event);
        tx.afterwards(() -> live.refresh(id));
    }

    /// The token as the caller may know it, with the last use that the database does not know of yet.
    private ApiToken shown(Caller caller, ApiToken token) {
        ApiToken fresh = lastUses.unwritten(token.id()).map(token::used).orElse(token);
        return TokenAccess.shown(caller, fresh);
    }
}
