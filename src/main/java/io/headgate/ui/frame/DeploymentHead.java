package io.headgate.ui.frame;

import java.util.List;

/// What stands above every page of a Deployment.
///
/// @param base path of the Deployment's pages
/// @param bundle version of the code that Airflow serves; empty before the first deploy
/// @param airflowUrl where browsers open it; empty while there is nothing to open
public record DeploymentHead(
        String id,
        String name,
        String base,
        String workspaceId,
        StatusLine status,
        String runtime,
        String bundle,
        Moment updated,
        String updatedBy,
        String airflowUrl,
        List<Tab> tabs,
        boolean mayDelete) {
    public DeploymentHead {
        tabs = List.copyOf(tabs);
    }

    /// One tab.
    ///
    /// @param count shown beside the label, not part of its name; empty for none
    public record Tab(String path, String label, String count, boolean current) {}
}
