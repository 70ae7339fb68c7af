package io.headgate.api.v1.deployment;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.headgate.api.v1.SubjectProfileWire;
import io.headgate.deployment.BundleVersion;
import io.headgate.deployment.Deployment;
import io.headgate.deployment.DeploymentAddresses;
import io.headgate.deployment.DeploymentSettings;
import io.headgate.deployment.DeploymentStatus;
import io.headgate.deployment.Executor;
import io.headgate.deployment.SchedulerSize;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A Deployment in answers. Every member that the stock clients stop without is always there; a `clusterId` never is,
/// because with one they ask for a cluster.
///
/// @param runtimeVersion the one that the command line reads; `astroRuntimeVersion` says the same to others
/// @param imageRepository empty: the runtimes of this version run no images
/// @param dagTarballVersion what Airflow serves; absent before the first deploy (D7)
/// @param desiredDagTarballVersion what it should serve; equal to the other when no deploy is under way
/// @param webServerAirflowApiUrl host and path without scheme or query
/// @param workerQueues absent for executors without queues
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record DeploymentWire(
        String id,
        String name,
        Optional<String> description,
        String type,
        DeploymentStatus status,
        Optional<String> statusReason,
        Executor executor,
        String organizationId,
        String workspaceId,
        String workspaceName,
        String namespace,
        String runtimeVersion,
        String astroRuntimeVersion,
        String airflowVersion,
        Optional<String> cloudProvider,
        Optional<String> region,
        SchedulerSize schedulerSize,
        int schedulerReplicas,
        String schedulerCpu,
        String schedulerMemory,
        String webServerCpu,
        String webServerMemory,
        boolean isHighAvailability,
        boolean isDevelopmentMode,
        boolean isCicdEnforced,
        boolean isDagDeployEnabled,
        String defaultTaskPodCpu,
        String defaultTaskPodMemory,
        String resourceQuotaCpu,
        String resourceQuotaMemory,
        String imageRepository,
        String imageTag,
        Optional<String> dagTarballVersion,
        Optional<String> desiredDagTarballVersion,
        String webServerUrl,
        String uiUrl,
        String webServerAirflowApiUrl,
        String apiUrl,
        String webServerIngressHostname,
        List<String> contactEmails,
        List<EnvironmentVariableWire> environmentVariables,
        Optional<List<WorkerQueueWire>> workerQueues,
        Optional<String> pythonRequirements,
        Instant createdAt,
        SubjectProfileWire createdBy,
        Instant updatedAt,
        SubjectProfileWire updatedBy) {
    static final String TYPE = "STANDARD";

    private static final int SCHEDULERS = 1;
    private static final String WEB_SERVER_CPU = "0.5";
    private static final String WEB_SERVER_MEMORY = "1Gi";

    static DeploymentWire of(Deployment deployment, DeploymentAddresses addresses) {
        DeploymentSettings settings = deployment.settings();
        String namespace = deployment.namespace();
        return new DeploymentWire(
                deployment.id().value(),
                deployment.name(),
                deployment.description(),
                TYPE,
                deployment.status(),
                Optional.of(deployment.statusReason()).filter(reason -> !reason.isEmpty()),
                settings.executor(),
                deployment.scope().organizationId().value(),
                deployment.scope().workspaceId().value(),
                deployment.workspaceName(),
                namespace,
                deployment.release().version(),
                deployment.release().version(),
                deployment.release().airflowVersion(),
                settings.cloudProvider(),
                settings.region(),
                settings.schedulerSize(),
                SCHEDULERS,
                settings.schedulerSize().cpu(),
                settings.schedulerSize().memory(),
                WEB_SERVER_CPU,
                WEB_SERVER_MEMORY,
                settings.highAvailability(),
                settings.developmentMode(),
                settings.cicdEnforced(),
                settings.dagDeployEnabled(),
                settings.taskPod().cpu(),
                settings.taskPod().memory(),
                settings.taskPod().quotaCpu(),
                settings.taskPod().quotaMemory(),
                "",
                "",
                deployment.liveBundle().map(BundleVersion::text),
                deployment.desiredBundle().map(BundleVersion::text),
                addresses.browserWithoutScheme(namespace),
                addresses.browser(namespace).toString(),
                addresses.airflowApiWithoutScheme(namespace),
                addresses.airflowApi(namespace),
                addresses.ingressHostname(namespace),
                settings.contactEmails(),
                deployment.variables().stream().map(EnvironmentVariableWire::of).toList(),
                settings.executor().hasWorkerQueues()
                        ? Optional.of(settings.workerQueues().stream()
                                .map(WorkerQueueWire::of)
                                .toList())
                        : Optional.empty(),
                settings.pythonRequirements(),
                deployment.authorship().createdAt(),
                SubjectProfileWire.of(deployment.authorship().createdBy()),
                deployment.authorship().updatedAt(),
                SubjectProfileWire.of(deployment.authorship().updatedBy()));
    }
}
