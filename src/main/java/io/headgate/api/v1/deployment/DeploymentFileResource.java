package io.headgate.api.v1.deployment;

import io.headgate.access.Caller;
import io.headgate.api.http.Callers;
import io.headgate.api.http.DocumentBody;
import io.headgate.api.http.QueryParameters;
import io.headgate.deployment.Deployment;
import io.headgate.deployment.DeploymentAddresses;
import io.headgate.deployment.DeploymentChanged;
import io.headgate.deployment.DeploymentFile;
import io.headgate.deployment.Deployments;
import io.headgate.kernel.DeploymentId;
import io.headgate.kernel.OrganizationId;
import io.headgate.web.PathIds;
import io.headgate.web.YamlWriter;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `GetDeploymentFile`, `ApplyDeploymentFile`: a Deployment as a document that is kept beside the code.
@Path("/v1/organizations/{organizationId}/deployments/{deploymentId}/deployment-file")
@Singleton
@RunOnVirtualThread
final class DeploymentFileResource {
    private static final String YAML = "application/yaml";
    private static final MediaType YAML_TYPE = MediaType.valueOf(YAML);
    private static final List<MediaType> MADE = List.of(YAML_TYPE, MediaType.APPLICATION_JSON_TYPE);

    private final Callers callers;
    private final Deployments deployments;
    private final DeploymentAddresses addresses;

    DeploymentFileResource(Callers callers, Deployments deployments, DeploymentAddresses addresses) {
        this.callers = callers;
        this.deployments = deployments;
        this.addresses = addresses;
    }

    /// YAML unless the caller likes JSON better.
    @GET
    @Produces({YAML, MediaType.APPLICATION_JSON})
    public Response export(
            @PathParam("organizationId") String organizationId,
            @PathParam("deploymentId") String deploymentId,
            @Context UriInfo uri,
            @Context HttpHeaders headers) {
        Map<String, Object> file = file(organizationId, deploymentId, uri);
        boolean yaml = headers.getAcceptableMediaTypes().stream()
                .flatMap(wanted -> MADE.stream().filter(wanted::isCompatible))
                .findFirst()
                .orElse(YAML_TYPE)
                .equals(YAML_TYPE);
        return yaml
                ? Response.ok(YamlWriter.write(file), YAML_TYPE).build()
                : Response.ok(file, MediaType.APPLICATION_JSON_TYPE).build();
    }

    @POST
    @Produces(MediaType.APPLICATION_JSON)
    public AppliedFileWire apply(
            @PathParam("organizationId") String organizationId,
            @PathParam("deploymentId") String deploymentId,
            @Context UriInfo uri,
            DocumentBody body) {
        QueryParameters query = QueryParameters.of(uri);
        boolean dryRun = query.flag("dryRun");
        query.throwIfWrong();
        Caller caller = callers.current();
        OrganizationId organization = organization(organizationId);
        DeploymentId id = deployment(deploymentId);
        DeploymentFileBody.FileUpdate update =
                DeploymentFileBody.read(body, deployments.view(caller, organization, id));
        DeploymentChanged changed = FilePaths.inFileWords(() -> dryRun
                ? deployments.preview(caller, organization, id, update.change())
                : deployments.update(caller, organization, id, update.change()));
        return new AppliedFileWire(
                dryRun,
                changed.restarts(),
                DeploymentFileDiff.of(changed, addresses),
                warnings(update, changed, dryRun),
                dryRun ? Optional.empty() : Optional.of(DeploymentWire.of(changed.after(), addresses)));
    }

    private static List<String> warnings(
            DeploymentFileBody.FileUpdate update, DeploymentChanged changed, boolean dryRun) {
        List<String> warnings = new ArrayList<>(update.warnings());
        boolean was = changed.before().settings().dagDeployEnabled();
        if (was && !changed.after().settings().dagDeployEnabled()) {
            warnings.add("deployment.configuration.dag_deploy_enabled is switched off: code can no longer be pushed by"
                    + " DAG-only deploys");
        }
        boolean packages = !changed.before()
                .settings()
                .pythonRequirements()
                .equals(changed.after().settings().pythonRequirements());
        if (dryRun
                && packages
                && changed.after().settings().pythonRequirements().isPresent()) {
            warnings.add("deployment.configuration.python_requirements is resolved only when the file is applied, and"
                    + " may be refused then");
        }
        return List.copyOf(warnings);
    }

    private Map<String, Object> file(String organizationId, String deploymentId, UriInfo uri) {
        QueryParameters query = QueryParameters.of(uri);
        boolean template = query.flag("template");
        query.throwIfWrong();
        Deployment deployment =
                deployments.view(callers.current(), organization(organizationId), deployment(deploymentId));
        return template ? DeploymentFile.templateOf(deployment) : DeploymentFile.of(deployment, addresses);
    }

    private static OrganizationId organization(String text) {
        return PathIds.read(text, OrganizationId::new, Deployments.notFound());
    }

    private static DeploymentId deployment(String text) {
        return PathIds.read(text, DeploymentId::new, Deployments.notFound());
    }
}
