package io.headgate.token;

import io.headgate.access.Authorship;
import io.headgate.access.Caller;
import io.headgate.access.DeploymentPermission;
import io.headgate.access.OrganizationPermission;
import io.headgate.access.Permission;
import io.headgate.access.Reach;
import io.headgate.access.Role;
import io.headgate.access.Scope;
import io.headgate.audit.AuditEvent;
import io.headgate.audit.AuditLog;
import io.headgate.deployment.Deployments;
import io.headgate.kernel.ApiTokenId;
import io.headgate.kernel.FailPoint;
import io.headgate.kernel.IdMinter;
import io.headgate.kernel.OrganizationId;
import io.headgate.kernel.Page;
import io.headgate.kernel.PageRequest;
import io.headgate.organization.Organizations;
import io.headgate.storage.Transaction;
import io.headgate.storage.Transactions;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// What people can do with API tokens.
public final class ApiTokens {
    private final Transactions transactions;
    private final AuditLog audit;
    private final IdMinter ids;
    private final Clock clock;
    private final Deployments deployments;
    private final TokenMinter minter;
    private final TokenHasher hasher;
    private final LiveTokens live;
    private final LastUses lastUses;
    private final ApiTokenStore store = new ApiTokenStore();

    /// What the use cases need from elsewhere.
    public record Needs(
            Transactions transactions,
            AuditLog audit,
            IdMinter ids,
            Clock clock,
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
        this.deployments = needs.deployments;
        this.minter = needs.minter;
        this.hasher = needs.hasher;
        this.live = needs.live;
        this.lastUses = needs.lastUses;
    }

    /// The tokens that the caller may see, expired ones too (S39).
    public Page<ApiToken> list(Caller caller, OrganizationId organizationId, TokenFilter filter, PageRequest request) {
        Scope.OfOrganization organization = new Scope.OfOrganization(organizationId);
        caller.require(OrganizationPermission.GET, organization, Organizations.notFound());
        ApiTokenStore.Visible visible = new ApiTokenStore.Visible(
                caller.may(OrganizationPermission.API_TOKENS_GET, organization),
                Reach.holding(DeploymentPermission.API_TOKENS_GET, caller.principal(), organizationId));
        return transactions
                .inTransaction(tx -> store.list(tx, organizationId, visible, filter, request))
                .map(this::withFreshUse);
    }

    public ApiToken view(Caller caller, OrganizationId organizationId, ApiTokenId id) {
        return withFreshUse(transactions.inTransaction(tx -> authorised(
                caller,
                store.find(tx, organizationId, id),
                OrganizationPermission.API_TOKENS_GET,
                DeploymentPermission.API_TOKENS_GET)));
    }

    /// Makes a token; its value is in this answer and never again (S20).
    public IssuedToken create(Caller caller, OrganizationId organizationId, NewApiToken wanted) {
        IssuedToken made = transactions.inTransaction(tx -> {
            Scope home = homeFor(tx, caller, organizationId, wanted);
            Role role = switch (wanted) {
                case NewApiToken.ForDeployment _ -> Role.DEPLOYMENT_ADMIN;
                case NewApiToken.ForOrganization organization -> organization.role();
            };
            Instant now = clock.instant();
            NewApiToken.Terms terms = wanted.terms();
            ApiToken token = new ApiToken(
                    ids.apiToken(),
                    home,
                    terms.name(),
                    terms.description(),
                    role,
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
        return withFreshUse(transactions.inTransaction(tx -> {
            ApiToken token = authorised(
                    caller,
                    store.findForUpdate(tx, organizationId, id),
                    OrganizationPermission.API_TOKENS_UPDATE,
                    DeploymentPermission.API_TOKENS_UPDATE);
            ApiToken renamed = token.renamed(
                    naming.name(), naming.description().orElse(token.description()), caller.subject(), clock.instant());
            store.rename(tx, renamed);
            record(tx, caller, "token.updated", renamed);
            return renamed;
        }));
    }

    /// Replaces the value. The old one is refused on the very next request (S31); the period starts again (S35).
    public IssuedToken rotate(Caller caller, OrganizationId organizationId, ApiTokenId id) {
        IssuedToken fresh = transactions.inTransaction(tx -> {
            ApiToken token = authorised(
                    caller,
                    store.findForUpdate(tx, organizationId, id),
                    OrganizationPermission.API_TOKENS_ROTATE,
                    DeploymentPermission.API_TOKENS_ROTATE);
            ApiToken rotated = token.rotated(caller.subject(), clock.instant());
            TokenValue value = minter.mint(rotated);
            ApiToken issued = rotated.withShortToken(value.shortForm());
            store.replaceSecret(tx, issued, hasher.hashForStorage(value));
            record(tx, caller, "token.rotated", issued);
            FailPoint.TOKEN_ROTATE_BEFORE_COMMIT.pass();
            return new IssuedToken(withFreshUse(issued), value);
        });
        FailPoint.TOKEN_ROTATE_AFTER_COMMIT.pass();
        return fresh;
    }

    /// Deletes a token for good (S26); a second time it is not found.
    public void delete(Caller caller, OrganizationId organizationId, ApiTokenId id) {
        transactions.useTransaction(tx -> {
            ApiToken token = authorised(
                    caller,
                    store.findForUpdate(tx, organizationId, id),
                    OrganizationPermission.API_TOKENS_DELETE,
                    DeploymentPermission.API_TOKENS_DELETE);
            store.delete(tx, id);
            record(tx, caller, "token.deleted", token);
            FailPoint.TOKEN_DELETE_BEFORE_COMMIT.pass();
        });
        FailPoint.TOKEN_DELETE_AFTER_COMMIT.pass();
    }

    public static Set<String> sortFields() {
        return ApiTokenStore.SORTS.fields();
    }

    private Scope homeFor(Transaction tx, Caller caller, OrganizationId organizationId, NewApiToken wanted) {
        return switch (wanted) {
            case NewApiToken.ForDeployment forDeployment -> {
                Scope.OfDeployment home = deployments
                        .find(tx, organizationId, forDeployment.deploymentId())
                        .orElseThrow(() -> Deployments.notFound().asException())
                        .scope();
                caller.require(DeploymentPermission.API_TOKENS_CREATE, home, Deployments.notFound());
                yield home;
            }
            case NewApiToken.ForOrganization _ -> {
                Scope.OfOrganization home = new Scope.OfOrganization(organizationId);
                caller.require(OrganizationPermission.API_TOKENS_CREATE, home, Organizations.notFound());
                yield home;
            }
        };
    }

    private ApiToken authorised(
            Caller caller, Optional<ApiToken> found, Permission onOrganization, Permission onDeployment) {
        ApiToken token = found.orElseThrow(() -> TokenProblems.notFound().asException());
        Permission needed = token.home() instanceof Scope.OfDeployment ? onDeployment : onOrganization;
        boolean seen = caller.may(
                token.home() instanceof Scope.OfDeployment
                        ? DeploymentPermission.API_TOKENS_GET
                        : OrganizationPermission.API_TOKENS_GET,
                token.home());
        if (!seen) {
            // the Organization is visible to all of its tokens; its tokens are not
            throw TokenProblems.notFound().asException();
        }
        caller.require(needed, token.home(), TokenProblems.notFound());
        return token;
    }

    private void record(Transaction tx, Caller caller, String action, ApiToken token) {
        audit.append(
                tx,
                caller,
                new AuditEvent(action, token.home(), "API_TOKEN", token.id().value()));
        tx.afterwards(() -> live.refresh(token.id()));
    }

    private ApiToken withFreshUse(ApiToken token) {
        return lastUses.unwritten(token.id()).map(token::usedAt).orElse(token);
    }
}
