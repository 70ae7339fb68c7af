package io.headgate.ui.deployment;

import io.headgate.access.Caller;
import io.headgate.access.SignedInEndpoint;
import io.headgate.access.WorkspacePermission;
import io.headgate.deployment.Deployment;
import io.headgate.deployment.DeploymentAddresses;
import io.headgate.deployment.DeploymentFilter;
import io.headgate.deployment.DeploymentStatus;
import io.headgate.deployment.Deployments;
import io.headgate.kernel.PageRequest;
import io.headgate.kernel.WorkspaceId;
import io.headgate.organization.Workspace;
import io.headgate.organization.Workspaces;
import io.headgate.ui.frame.Answers;
import io.headgate.ui.frame.DeploymentHeads;
import io.headgate.ui.frame.ListQuery;
import io.headgate.ui.frame.Listing;
import io.headgate.ui.frame.Moment;
import io.headgate.ui.frame.Shells;
import io.headgate.ui.frame.StatusLine;
import io.headgate.ui.session.Visitor;
import io.headgate.web.PathIds;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;

/// Where one lands: the Deployments of a Workspace.
@Path("/workspaces/{workspaceId}/deployments")
@SignedInEndpoint
@RunOnVirtualThread
@Singleton
final class DeploymentListPages {
    private static final SequencedMap<String, Comparator<DeploymentRow>> COLUMNS = columns();

    private final Visitor visitor;
    private final Shells shells;
    private final Answers answers;
    private final Workspaces workspaces;
    private final Deployments deployments;
    private final DeploymentAddresses addresses;
    private final FirstSteps firstSteps;
    private final Clock clock;

    DeploymentListPages(
            Visitor visitor,
            Shells shells,
            Answers answers,
            Workspaces workspaces,
            Deployments deployments,
            DeploymentAddresses addresses,
            FirstSteps firstSteps,
            Clock clock) {
        this.visitor = visitor;
        this.shells = shells;
        this.answers = answers;
        this.workspaces = workspaces;
        this.deployments = deployments;
        this.addresses = addresses;
        this.firstSteps = firstSteps;
        this.clock = clock;
    }

    @GET
    @Produces(Answers.HTML)
    public Response list(@PathParam("workspaceId") String workspaceId, @Context UriInfo uri) {
        Caller caller = visitor.caller();
        Workspace workspace = workspaces.view(
                caller,
                visitor.signedIn().user().organizationId(),
                PathIds.read(workspaceId, WorkspaceId::new, Workspaces.notFound()));
        List<Deployment> all = deployments
                .list(
                        caller,
                        workspace.organizationId(),
                        new DeploymentFilter(List.of(), List.of(), List.of(workspace.id())),
                        PageRequest.everything())
                .items();
        Instant now = clock.instant();
        Listing<DeploymentRow> list = ListQuery.of(uri)
                .over(
                        all.stream().map(deployment -> row(deployment, now)).toList(),
                        row -> List.of(
                                row.name(), row.description(), row.status().word()),
                        COLUMNS);
        return answers.page(DeploymentTemplates.list(
                shells.of("Deployments", workspace.id()),
                WorkspaceView.of(workspace, caller.may(WorkspacePermission.DEPLOYMENTS_CREATE, workspace.scope())),
                list,
                firstSteps.isNew(caller, all)));
    }

    private DeploymentRow row(Deployment deployment, Instant now) {
        return new DeploymentRow(
                deployment.id().value(),
                deployment.name(),
                deployment.description().orElse(""),
                StatusLine.of(deployment),
                deployment.release().version() + " (Airflow "
                        + deployment.release().airflowVersion() + ")",
                deployment.liveBundle().map(DeploymentHeads::shown).orElse(""),
                Moment.of(deployment.authorship().updatedAt(), now),
                deployment.authorship().updatedBy().name(),
                deployment.status() == DeploymentStatus.CREATING ? "" : addresses.browser(deployment.namespace()) + "/",
                deployment.authorship().updatedAt());
    }

    private static SequencedMap<String, Comparator<DeploymentRow>> columns() {
        SequencedMap<String, Comparator<DeploymentRow>> columns = new LinkedHashMap<>();
        columns.put("updated", Comparator.comparing(DeploymentRow::updatedAt, Comparator.<Instant>reverseOrder()));
        columns.put(
                "name", Comparator.comparing((DeploymentRow row) -> row.name().toLowerCase(Locale.ROOT)));
        columns.put(
                "status",
                Comparator.comparing((DeploymentRow row) -> row.status().word()));
        return columns;
    }
}
