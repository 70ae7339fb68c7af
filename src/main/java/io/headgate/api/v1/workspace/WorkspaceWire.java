package io.headgate.api.v1.workspace;

import io.headgate.api.v1.SubjectProfileWire;
import io.headgate.organization.Workspace;
import java.time.Instant;

/// A Workspace in answers.
record WorkspaceWire(
        String id,
        String name,
        String description,
        String organizationId,
        String organizationName,
        boolean cicdEnforcedDefault,
        Instant createdAt,
        SubjectProfileWire createdBy,
        Instant updatedAt,
        SubjectProfileWire updatedBy) {

    static WorkspaceWire of(Workspace workspace) {
        return new WorkspaceWire(
                workspace.id().value(),
                workspace.name(),
                workspace.description(),
                workspace.organizationId().value(),
                workspace.organizationName(),
                workspace.cicdEnforcedDefault(),
                workspace.authorship().createdAt(),
                SubjectProfileWire.of(workspace.authorship().createdBy()),
                workspace.authorship().updatedAt(),
                SubjectProfileWire.of(workspace.authorship().updatedBy()));
    }
}
