package io.headgate.ui.frame;

import io.headgate.access.Caller;
import io.headgate.access.DeploymentPermission;
import io.headgate.deployment.Deployment;
import io.headgate.deployment.Deployments;
import io.headgate.kernel.OrganizationId;

/// Where a page of a Deployment is: who looks at it, and what stands around it.
public record DeploymentSpot(Deployment deployment, Caller caller, Shell shell, DeploymentHead head) {
    public OrganizationId organizationId() {
        return deployment.scope().organizationId();
    }

    public boolean may(DeploymentPermission permission) {
        return caller.may(permission, deployment.scope());
    }

    /// Goes on if the visitor may do this here; otherwise the 403 names the right.
    public void require(DeploymentPermission permission) {
        caller.require(permission, deployment.scope(), Deployments.notFound());
    }

    /// The path of one of the tabs.
    public String tab(String path) {
        return head.base() + "/" + path;
    }
}
