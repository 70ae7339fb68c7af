package io.headgate.api.v1.deploy;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.headgate.api.v1.SubjectProfileWire;
import io.headgate.deploy.Deploy;
import io.headgate.deploy.DeployState;
import io.headgate.deploy.DeployType;
import io.headgate.deploy.Findings;
import io.headgate.deploy.GitCommit;
import io.headgate.deployment.BundleVersion;
import io.headgate.deployment.RuntimeRelease;
import io.headgate.kernel.DeployId;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// A deploy in answers. `statusReason` and `findings` are ours; the rest is the contract's.
///
/// @param dagsUploadUrl in the answer to create only, because whoever holds it may upload
/// @param imageRepository empty: the runtimes of this version run no images
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record DeployWire(
        String id,
        String deploymentId,
        DeployType type,
        Status status,
        Optional<String> statusReason,
        Optional<FindingsWire> findings,
        Optional<String> description,
        Optional<GitCommit> git,
        String imageRepository,
        String imageTag,
        boolean isDagDeployEnabled,
        String astroRuntimeVersion,
        Optional<String> airflowVersion,
        Optional<String> dagTarballVersion,
        Optional<String> dagsUploadUrl,
        Optional<String> rollbackFromId,
        Instant createdAt,
        SubjectProfileWire createdBySubject,
        Instant updatedAt,
        SubjectProfileWire updatedBySubject) {

    /// The three words of the contract (D2).
    enum Status {
        INITIALIZED,
        DEPLOYED,
        FAILED;

        static Status of(DeployState state) {
            return switch (state) {
                case CREATED, QUEUED, VALIDATING, ACTIVATING -> INITIALIZED;
                case DEPLOYED -> DEPLOYED;
                case FAILED -> FAILED;
            };
        }
    }

    /// What validation found.
    record FindingsWire(List<String> dagIds, List<FindingWire> errors, List<FindingWire> warnings) {
        static FindingsWire of(Findings findings) {
            return new FindingsWire(
                    findings.dagIds(),
                    findings.errors().stream().map(FindingWire::of).toList(),
                    findings.warnings().stream().map(FindingWire::of).toList());
        }
    }

    /// @param file empty when it concerns the whole
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record FindingWire(String file, OptionalInt line, String message) {
        static FindingWire of(Findings.Finding finding) {
            return new FindingWire(finding.file(), finding.line(), finding.message());
        }
    }

    static DeployWire of(Deploy deploy) {
        return of(deploy, Optional.empty());
    }

    static DeployWire withUploadUrl(Deploy deploy, URI url) {
        return of(deploy, Optional.of(url.toString()));
    }

    private static DeployWire of(Deploy deploy, Optional<String> uploadUrl) {
        return new DeployWire(
                deploy.id().value(),
                deploy.deploymentId().value(),
                deploy.type(),
                Status.of(deploy.state()),
                Optional.of(deploy.statusReason()).filter(reason -> !reason.isEmpty()),
                deploy.findings().map(FindingsWire::of),
                deploy.description(),
                deploy.git(),
                "",
                deploy.imageTag(),
                deploy.dagDeployEnabled(),
                deploy.runtimeVersion(),
                RuntimeRelease.named(deploy.runtimeVersion()).map(RuntimeRelease::airflowVersion),
                deploy.version().map(BundleVersion::text),
                uploadUrl,
                deploy.rollbackFromId().map(DeployId::value),
                deploy.authorship().createdAt(),
                SubjectProfileWire.of(deploy.authorship().createdBy()),
                deploy.authorship().updatedAt(),
                SubjectProfileWire.of(deploy.authorship().updatedBy()));
    }
}
