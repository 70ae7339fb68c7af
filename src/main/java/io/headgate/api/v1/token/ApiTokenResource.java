package io.headgate.api.v1.token;

import io.headgate.api.http.Callers;
import io.headgate.api.http.QueryParameters;
import io.headgate.api.http.RequestBody;
import io.headgate.deployment.Deployments;
import io.headgate.kernel.ApiTokenId;
import io.headgate.kernel.DeploymentId;
import io.headgate.kernel.OrganizationId;
import io.headgate.kernel.Page;
import io.headgate.kernel.PageRequest;
import io.headgate.kernel.Problem;
import io.headgate.kernel.WorkspaceId;
import io.headgate.organization.Organizations;
import io.headgate.token.ApiTokens;
import io.headgate.token.TokenFilter;
import io.headgate.web.PathIds;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// `ListApiTokens`, `CreateApiToken`, `GetApiToken`, `UpdateApiToken`, `UpdateApiTokenRoles`, `RotateApiToken`,
/// `DeleteApiToken`.
@Path("/v1/organizations/{organizationId}/tokens")
@Produces(MediaType.APPLICATION_JSON)
@Singleton
@RunOnVirtualThread
final class ApiTokenResource {
    private static final Problem NOT_FOUND = Problem.notFound("API token");

    private final Callers callers;
    private final ApiTokens tokens;

    ApiTokenResource(Callers callers, ApiTokens tokens) {
        this.callers = callers;
        this.tokens = tokens;
    }

    @GET
    public ApiTokensWire list(@PathParam("organizationId") String organizationId, @Context UriInfo uri) {
        QueryParameters query = QueryParameters.of(uri);
        PageRequest request = query.page(ApiTokens.sortFields());
        TokenFilter filter = new TokenFilter(
                query.id("workspaceId", WorkspaceId::new),
                query.id("deploymentId", DeploymentId::new),
                query.flag("includeOnlyOrganizationTokens"));
        Optional<String> otherKind = query.oneOf("kind", List.of(ApiTokenWire.KIND, "DIRECT_ACCESS"))
                .filter(kind -> !kind.equals(ApiTokenWire.KIND));
        query.throwIfWrong();
        OrganizationId organization = PathIds.read(organizationId, OrganizationId::new, Organizations.notFound());
        if (otherKind.isPresent()) {
            return ApiTokensWire.of(new Page<>(List.of(), request, 0));
        }
        return ApiTokensWire.of(tokens.list(callers.current(), organization, filter, request));
    }

    @POST
    public ApiTokenWire create(@PathParam("organizationId") String organizationId, RequestBody body) {
        // as for a Deployment that does not exist: whoever may not see the Organization learns nothing about it
        OrganizationId organization = PathIds.read(organizationId, OrganizationId::new, Deployments.notFound());
        return ApiTokenWire.revealing(
                tokens.create(callers.current(), organization, CreateApiTokenBody.read(body, organization)));
    }

    @GET
    @Path("{tokenId}")
    public ApiTokenWire view(@PathParam("organizationId") String organizationId, @PathParam("tokenId") String tokenId) {
        return ApiTokenWire.of(tokens.view(callers.current(), organization(organizationId), token(tokenId)));
    }

    @POST
    @Path("{tokenId}")
    public ApiTokenWire update(
            @PathParam("organizationId") String organizationId,
            @PathParam("tokenId") String tokenId,
            RequestBody body) {
        return ApiTokenWire.of(tokens.update(
                callers.current(), organization(organizationId), token(tokenId), UpdateApiTokenBody.read(body)));
    }

    @POST
    @Path("{tokenId}/rotate")
    public ApiTokenWire rotate(
            @PathParam("organizationId") String organizationId,
            @PathParam("tokenId") String tokenId,
            RequestBody body) {
        UpdateApiTokenBody.readNothing(body);
        return ApiTokenWire.revealing(tokens.rotate(callers.current(), organization(organizationId), token(tokenId)));
    }

    @POST
    @Path("{tokenId}/roles")
    public SubjectRolesWire updateRoles(
            @PathParam("organizationId") String organizationId,
            @PathParam("tokenId") String tokenId,
            RequestBody body) {
        return SubjectRolesWire.of(tokens.updateRoles(
                callers.current(), organization(organizationId), token(tokenId), UpdateApiTokenRolesBody.read(body)));
    }

    @DELETE
    @Path("{tokenId}")
    public void delete(@PathParam("organizationId") String organizationId, @PathParam("tokenId") String tokenId) {
        tokens.delete(callers.current(), organization(organizationId), token(tokenId));
    }

    private static OrganizationId organization(String text) {
        return PathIds.read(text, OrganizationId::new, NOT_FOUND);
    }

    /// People copy ids out of lists that shout; the command line lower-cases them, so do we.
    private static ApiTokenId token(String text) {
        return PathIds.read(text.toLowerCase(Locale.ROOT), ApiTokenId::new, NOT_FOUND);
    }
}
