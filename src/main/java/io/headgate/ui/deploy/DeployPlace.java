package io.headgate.ui.deploy;

import io.headgate.access.DeploymentPermission;
import io.headgate.deploy.Deploy;
import io.headgate.deploy.Deploys;
import io.headgate.deploy.RollbackRule;
import io.headgate.kernel.DeployId;
import io.headgate.kernel.Page;
import io.headgate.kernel.PageRequest;
import io.headgate.ui.frame.DeploymentSpot;
import io.headgate.ui.frame.DeploymentSpots;
import io.headgate.web.PathIds;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Finds the deploys of the Deployment that a page is about, for whoever looks at it.
@Singleton
final class DeployPlace {
    static final String TAB = "deploys";

    /// What rolling back needs, as in the API.
    static final DeploymentPermission ROLLBACK = DeploymentPermission.DEPLOYS_UPDATE;

    private final DeploymentSpots spots;
    private final Deploys deploys;
    private final Clock clock;

    DeployPlace(DeploymentSpots spots, Deploys deploys, Clock clock) {
        this.spots = spots;
        this.deploys = deploys;
        this.clock = clock;
    }

    /// The newest deploys as lines.
    ///
    /// @param older how many there are beside these
    record History(List<DeployRow> rows, long older, boolean goesOn) {}

    DeploymentSpot spot(String deploymentId, String title) {
        return spots.of(deploymentId, TAB, title);
    }

    History history(DeploymentSpot spot) {
        Page<Deploy> newest = newest(spot);
        RollbackRule rule = rule(spot);
        // asked after them: a deploy that they show as ended is current by then, if it ever was
        Optional<DeployId> current = current(spot);
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
    Deploy find(DeploymentSpot spot, String deployId) {
        return deploys.view(
                spot.caller(),
                spot.organizationId(),
                spot.deployment().id(),
                PathIds.read(deployId, DeployId::new, Deploys.notFound()));
    }

    DeployRow row(DeploymentSpot spot, Deploy deploy) {
        boolean current = current(spot).equals(Optional.of(deploy.id()));
        return DeployRow.of(deploy, current, rule(spot).against(deploy).isEmpty(), clock.instant());
    }

    RollbackRule rule(DeploymentSpot spot) {
        return deploys.rollbackRule(
                spot.caller(), spot.organizationId(), spot.deployment().id());
    }

    Instant now() {
        return clock.instant();
    }

    /// A history has no end, a page has.
    private Page<Deploy> newest(DeploymentSpot spot) {
        return deploys.list(
                spot.caller(),
                spot.organizationId(),
                spot.deployment().id(),
                new PageRequest(0, PageRequest.LIMIT_MAX, List.of()));
    }

    private Optional<DeployId> current(DeploymentSpot spot) {
        return deploys.current(
                spot.caller(), spot.organizationId(), spot.deployment().id());
    }
}
