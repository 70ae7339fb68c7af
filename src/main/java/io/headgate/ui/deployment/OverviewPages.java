package io.headgate.ui.deployment;

import io.headgate.access.DeploymentPermission;
import io.headgate.access.SignedInEndpoint;
import io.headgate.audit.RecentChanges;
import io.headgate.deployment.Deployment;
import io.headgate.deployment.DeploymentAddresses;
import io.headgate.deployment.DeploymentLifecycle;
import io.headgate.ui.frame.Answers;
import io.headgate.ui.frame.DeploymentHead;
import io.headgate.ui.frame.DeploymentHeads;
import io.headgate.ui.frame.Moment;
import io.headgate.ui.frame.Shells;
import io.headgate.ui.session.Visitor;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// The first tab of a Deployment: how it is, what changed, how to connect.
@Path("/deployments/{deploymentId}")
@SignedInEndpoint
@RunOnVirtualThread
@Singleton
final class OverviewPages {
    private static final int CHANGES_SHOWN = 8;

    private final Visitor visitor;
    private final Shells shells;
    private final Answers answers;
    private final DeploymentHeads heads;
    private final DeploymentAddresses addresses;
    private final DeploymentLifecycle lifecycle;
    private final RecentChanges changes;
    private final Clock clock;

    OverviewPages(
            Visitor visitor,
            Shells shells,
            Answers answers,
            DeploymentHeads heads,
            DeploymentAddresses addresses,
            DeploymentLifecycle lifecycle,
            RecentChanges changes,
            Clock clock) {
        this.visitor = visitor;
        this.shells = shells;
        this.answers = answers;
        this.heads = heads;
        this.addresses = addresses;
        this.lifecycle = lifecycle;
        this.changes = changes;
        this.clock = clock;
    }

    @GET
    @Produces(Answers.HTML)
    public Response overview(@PathParam("deploymentId") String deploymentId) {
        Deployment deployment = heads.find(deploymentId);
        DeploymentHead head = heads.of(deployment, "");
        Instant now = clock.instant();
        String api = addresses.airflowApi(deployment.namespace());
        return answers.page(DeploymentTemplates.overview(
                shells.of(deployment.name(), deployment.scope().workspaceId()),
                head,
                new OverviewView(
                        deployment.description().orElse(""),
                        head.status().settled() ? List.of() : StepView.of(lifecycle.steps(deployment.id()), now),
                        changed(deployment, now),
                        api,
                        "curl -H \"Authorization: Bearer $ASTRO_API_TOKEN\" \\\n  " + api + "/dags",
                        visitor.caller().may(DeploymentPermission.API_TOKENS_CREATE, deployment.scope()))));
    }

    /// Of what is done in Airflow only the last: a pipeline that triggers runs would push everything else out.
    private List<OverviewView.ChangeView> changed(Deployment deployment, Instant now) {
        return Stream.concat(
                        changes.of(deployment.scope(), ChangeWords.IN_HEADGATE, CHANGES_SHOWN).stream(),
                        changes.of(deployment.scope(), List.of(ChangeWords.AIRFLOW_CHANGED), 1).stream())
                .sorted(Comparator.comparing(RecentChanges.Change::at).reversed())
                .map(change ->
                        new OverviewView.ChangeView(ChangeWords.of(change), change.by(), Moment.of(change.at(), now)))
                .toList();
    }
}
