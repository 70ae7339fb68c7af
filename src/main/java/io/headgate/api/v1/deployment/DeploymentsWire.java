package io.headgate.api.v1.deployment;

import io.headgate.deployment.Deployment;
import io.headgate.deployment.DeploymentAddresses;
import io.headgate.kernel.Page;
import java.util.List;

/// A page of Deployments.
record DeploymentsWire(List<DeploymentWire> deployments, int limit, int offset, long totalCount) {

    static DeploymentsWire of(Page<Deployment> page, DeploymentAddresses addresses) {
        return new DeploymentsWire(
                page.items().stream()
                        .map(deployment -> DeploymentWire.of(deployment, addresses))
                        .toList(),
                page.request().limit(),
                page.request().offset(),
                page.totalCount());
    }
}
