package io.headgate.api.v1.deployment;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;

/// What applying a Deployment file did, or would do.
///
/// @param deployment as it is now; absent after a dry run
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record AppliedFileWire(
        boolean isDryRun,
        boolean restarts,
        List<Change> changes,
        List<String> warnings,
        Optional<DeploymentWire> deployment) {

    /// @param field its place in the file below `deployment`, elements by their names
    /// @param from absent if it was not there
    /// @param to absent if it is deleted
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record Change(String field, Optional<String> from, Optional<String> to) {}
}
