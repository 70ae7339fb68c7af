package io.headgate.ui.deploy;

import io.headgate.access.Caller;
import io.headgate.access.DeploymentPermission;
import io.headgate.deploy.Deploy;
import io.headgate.deploy.DeployState;
import io.headgate.deploy.Deploys;
import io.headgate.deploy.RollbackRule;
import io.headgate.deployment.Deployment;
import io.headgate.deployment.Deployments;
import io.headgate.kernel.DeployId;
import io.headgate.kernel.OrganizationId;
import io.headgate.kernel.Page;
import io.headgate.kernel.PageRequest;
import io.headgate.ui.frame.DeploymentHead;
import io.headgate.ui.frame.DeploymentHeads;
import io.headgate.ui.frame.Shell;
import io.headgate.ui.frame.Shells;
import io.headgate.ui.session.Visitor;
import io.headgate.web.PathIds;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Finds the deploys of the Deployment that a page is about, for whoever looks at it.
@Singleton
final class DeployPlace {
    private final Visitor visitor;
    private final DeploymentHeads heads;
    private final Shells shells;
    private final Deploys deploys;
    private final Clock clock;

    DeployPlace(Visitor visitor, DeploymentHeads heads, Shells shells, Deploys deploys, Clock clock) {
        this.visitor = visitor;
        this.heads = heads;
        this.shells = shells;
        this.deploys = deploys;
        this.clock = clock;
    }

    /// Where a page is, with what stands around it.
    record Spot(Deployment deployment, Caller caller, Shell shell, DeploymentHead head) {
        OrganizationId organizationId() {
            return deployment.scope().organizationId();
        }

        /// The right that rolling back needs, as in the API.
        boolean mayRollBack() {
            return caller.may(DeploymentPermission.DEPLOYS_UPDATE, deployment.scope());
        }

        String list() {
            return head.base() + "/deploys";
        }
    }

    /// The newest deploys as lines.
    ///
    /// @param older how many there are beside these
    record History(List<DeployRow> rows, long older, boolean goesOn) {}

    Spot spot(String deploymentId, String title) {
        Deployment deployment = heads.find(deploymentId);
        return new Spot(
                deployment,
                visitor.caller(),
                shells.of(title + " · " + deployment.name(), deployment.scope().workspaceId()),
                heads.of(deployment, "deploys"));
    }

    History history(Spot spot) {
        Page<Deploy> newest = newest(spot);
        RollbackRule rule = rule(spot);
        Optional<DeployId> current = current(spot, newest.items());
        Instant now = clock.instant();
        return new History(
                newest.items().stream()
                        .map(deploy -> DeployRow.of(
                                deploy,
                                current.equals(Optional.of(deploy.id())),
                                rule.against(deploy).isEmpty(),
                                now))
                        .toList(),
                newest.totalCount() - newest.items().size(),
                newest.items().stream().anyMatch(deploy -> deploy.state().isUnderWay()));
    }

    /// A deploy of this Deployment; one of another is not found here.
    Deploy find(Spot spot, String deployId) {
        return deploys.view(
                spot.caller(),
                spot.organizationId(),
                spot.deployment().id(),
                PathIds.read(deployId, DeployId::new, Deploys.notFound()));
    }

    DeployRow row(Spot spot, Deploy deploy) {
        boolean current =
                serves(spot, deploy) && current(spot, newest(spot).items()).equals(Optional.of(deploy.id()));
        return DeployRow.of(deploy, current, rule(spot).against(deploy).isEmpty(), clock.instant());
    }

    RollbackRule rule(Spot spot) {
        return deploys.rollbackRule(
                spot.caller(), spot.organizationId(), spot.deployment().id());
    }

    /// Goes on if the visitor may roll back here; otherwise the 403 names the right.
    void requireRollback(Spot spot) {
        spot.caller()
                .require(DeploymentPermission.DEPLOYS_UPDATE, spot.deployment().scope(), Deployments.notFound());
    }

    Instant now() {
        return clock.instant();
    }

    /// A history has no end, a page has.
    private Page<Deploy> newest(Spot spot) {
        return deploys.list(
                spot.caller(),
                spot.organizationId(),
                spot.deployment().id(),
                new PageRequest(0, PageRequest.LIMIT_MAX, List.of()));
    }

    /// The same version may have been brought more than once: the last one counts.
    private static Optional<DeployId> current(Spot spot, List<Deploy> newestFirst) {
        return newestFirst.stream()
                .filter(deploy -> serves(spot, deploy))
                .findFirst()
                .map(Deploy::id);
    }

    private static boolean serves(Spot spot, Deploy deploy) {
        return deploy.state() == DeployState.DEPLOYED
                && spot.deployment().liveBundle().isPresent()
                && spot.deployment().liveBundle().equals(deploy.version());
    }
}
