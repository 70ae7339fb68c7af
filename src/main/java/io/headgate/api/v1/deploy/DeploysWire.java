package io.headgate.api.v1.deploy;

import io.headgate.deploy.Deploy;
import io.headgate.kernel.Page;
import java.util.List;

/// A page of deploys.
record DeploysWire(List<DeployWire> deploys, int limit, int offset, long totalCount) {

    static DeploysWire of(Page<Deploy> page) {
        return new DeploysWire(
                page.items().stream().map(DeployWire::of).toList(),
                page.request().limit(),
                page.request().offset(),
                page.totalCount());
    }
}
