package io.headgate.deploy;

import io.headgate.access.Caller;
import io.headgate.access.Subject;
import io.headgate.deployment.BundleVersion;
import io.headgate.deployment.Deployment;
import io.headgate.deployment.DeploymentStatus;
import io.headgate.kernel.Problem;
import java.util.List;
import java.util.Optional;

/// Why a deploy is refused, in words that the stock command line and people act on.
final class DeployProblems {
    private DeployProblems() {}

    /// The stock command line looks for these very words and then explains how to enable it.
    static Problem dagDeployDisabled(Deployment deployment) {
        return Problem.badRequest(
                "deploy.dag-deploy-disabled",
                "dag deploy is not enabled for deployment '" + deployment.name()
                        + "': update it with isDagDeployEnabled true, or 'astro deployment update "
                        + deployment.id() + " --dag-deploy enable'");
    }

    static void refuseType(DeployType type) {
        switch (type) {
            case DAG_ONLY -> {}
            case IMAGE_AND_DAG, IMAGE_ONLY, BUNDLE ->
                throw Problem.invalidField(
                                "type",
                                "not-offered",
                                "type " + type + " is not offered by the process runtime, which runs no images: the"
                                        + " runtimes container and kubernetes would, but this version does not offer"
                                        + " them yet; allowed is DAG_ONLY (astro deploy --dags)")
                        .asException();
        }
    }

    /// D18: only machines may deploy then, and it is for the server to see to it.
    static void refuseUserUnderEnforcement(Caller caller, Deployment deployment) {
        if (deployment.settings().cicdEnforced() && caller.subject() instanceof Subject.User) {
            throw new Problem(
                            403,
                            "deploy.cicd-enforced",
                            "CI/CD enforcement is on for deployment '" + deployment.name()
                                    + "': deploy with an API token of the Deployment, Workspace or Organization",
                            List.of())
                    .asException();
        }
    }

    static void refuseDagDeployDisabled(Deployment deployment) {
        if (!deployment.settings().dagDeployEnabled()) {
            throw dagDeployDisabled(deployment).asException();
        }
    }

    static void refuseUnlessUp(Deployment deployment) {
        notUp(deployment.status()).ifPresent(problem -> {
            throw problem.asException();
        });
    }

    /// D26.
    static Optional<Problem> notUp(DeploymentStatus status) {
        return switch (status) {
            case CREATING -> Optional.of(notUp(status, ": try again when it is HEALTHY"));
            case HIBERNATING -> Optional.of(notUp(status, ": wake it up first"));
            case DEPLOYING, HEALTHY, UNHEALTHY, UNKNOWN -> Optional.empty();
        };
    }

    private static Problem notUp(DeploymentStatus status, String help) {
        return Problem.conflict("deploy.deployment-not-up", "deploy refused while the Deployment is " + status + help);
    }

    /// Finalize names the version of another upload than the one that is there.
    static Optional<Problem> otherVersion(Deploy deploy, Optional<String> asked) {
        Optional<String> version = deploy.version().map(BundleVersion::text);
        if (asked.isEmpty() || version.isEmpty() || asked.equals(version)) {
            return Optional.empty();
        }
        return Optional.of(Problem.invalidField(
                "dagTarballVersion",
                "conflict",
                "dagTarballVersion must be that of the upload, " + version.get() + ", or absent"));
    }

    static Problem nothingUploaded() {
        return Problem.badRequest(
                "deploy.nothing-uploaded",
                "deploy failed: nothing was uploaded before it was finalized; create another deploy, upload to its"
                        + " dagsUploadUrl, then finalize it");
    }

    /// What validation found, each at its file.
    static Problem failed(Deploy deploy) {
        List<Problem.FieldError> errors = deploy.findings().stream()
                .flatMap(findings -> findings.errors().stream())
                .map(error -> new Problem.FieldError(
                        error.file().isEmpty() ? "code" : error.file(), "validation", FindingText.of(error)))
                .toList();
        return new Problem(400, "deploy.failed", deploy.statusReason(), errors);
    }
}
