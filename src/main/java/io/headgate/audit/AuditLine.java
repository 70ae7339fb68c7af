package io.headgate.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.headgate.access.SubjectProfile;
import io.headgate.storage.JsonColumn;
import java.util.Optional;

/// An event as one line of an export: the fields of U3 and U4 by their names, and ours beside them.
///
/// @param requestBody what of the request was recorded; never a value of a secret
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record AuditLine(
        String id,
        String timestamp,
        String action,
        String outcome,
        String subjectId,
        SubjectProfile.Kind subjectType,
        String subjectName,
        String organizationId,
        Optional<String> workspaceId,
        Optional<String> deploymentId,
        String entityType,
        String entityId,
        String requestId,
        String sourceIp,
        String userAgent,
        String astroClient,
        String astroClientVersion,
        String clientSystem,
        String method,
        String path,
        JsonNode requestBody) {

    static String of(RecordedEvent event) {
        SubjectProfile subject = JsonColumn.read(event.subject(), SubjectProfile.class);
        return JsonColumn.write(new AuditLine(
                event.id(),
                event.at().toString(),
                event.action(),
                event.outcome(),
                subject.id(),
                subject.kind(),
                subject.name(),
                event.organizationId(),
                event.workspaceId(),
                event.deploymentId(),
                event.entityType(),
                event.entityId(),
                event.origin().requestId(),
                event.origin().address(),
                event.origin().userAgent(),
                event.origin().client().name(),
                event.origin().client().version(),
                event.origin().client().system(),
                event.origin().method(),
                event.origin().path(),
                JsonColumn.read(event.details(), JsonNode.class)));
    }
}
