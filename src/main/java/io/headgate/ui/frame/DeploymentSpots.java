package io.headgate.ui.frame;

import io.headgate.deployment.Deployment;
import io.headgate.ui.session.Visitor;
import jakarta.inject.Singleton;

/// Finds where a page of a Deployment is, for whoever looks at it.
@Singleton
public final class DeploymentSpots {
    private final Visitor visitor;
    private final DeploymentHeads heads;
    private final Shells shells;

    DeploymentSpots(Visitor visitor, DeploymentHeads heads, Shells shells) {
        this.visitor = visitor;
        this.heads = heads;
        this.shells = shells;
    }

    /// A 404 if there is no such Deployment that the visitor sees.
    ///
    /// @param tab the last part of the path of the tab that the page is below
    public DeploymentSpot of(String deploymentId, String tab, String title) {
        Deployment deployment = heads.find(deploymentId);
        return new DeploymentSpot(
                deployment,
                visitor.caller(),
                shells.of(title + " · " + deployment.name(), deployment.scope().workspaceId()),
                heads.of(deployment, tab));
    }
}
