package io.headgate.ui.details;

import io.headgate.deployment.Deployment;
import io.headgate.deployment.DeploymentAddresses;
import io.headgate.deployment.DeploymentSettings;
import io.headgate.deployment.WorkerQueue;
import io.headgate.ui.frame.Moment;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/// How a Deployment is made.
///
/// @param file all of it as a Deployment file
record DetailsView(
        String description,
        String workspaceId,
        String namespace,
        Moment created,
        String createdBy,
        String airflowApiUrl,
        String airflowUrl,
        DeploymentSettings settings,
        String file,
        boolean mayChange) {

    static DetailsView of(
            Deployment deployment, DeploymentAddresses addresses, String file, Instant now, boolean mayChange) {
        return new DetailsView(
                deployment.description().orElse(""),
                deployment.scope().workspaceId().value(),
                deployment.namespace(),
                Moment.of(deployment.authorship().createdAt(), now),
                deployment.authorship().createdBy().name(),
                addresses.airflowApi(deployment.namespace()),
                addresses.browser(deployment.namespace()) + "/",
                deployment.settings(),
                file,
                mayChange);
    }

    /// For example `Small (1 CPU, 2Gi)`.
    public String schedulerSize() {
        String name = settings.schedulerSize().name().replace('_', ' ');
        return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT) + " ("
                + settings.schedulerSize().cpu() + " CPU, "
                + settings.schedulerSize().memory() + "B)";
    }

    public List<WorkerQueue> queues() {
        return settings.workerQueues();
    }

    public String pythonRequirements() {
        return settings.pythonRequirements().orElse("");
    }
}
