package io.headgate.api.platform;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.headgate.alert.ChannelType;
import io.headgate.alert.NotificationChannel;
import io.headgate.api.v1.SubjectProfileWire;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// A notification channel in answers.
///
/// @param definition always empty: all that a definition holds is secret (A13)
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record NotificationChannelWire(
        String id,
        String name,
        ChannelType type,
        String entityType,
        String entityId,
        boolean isShared,
        String organizationId,
        String workspaceId,
        Map<String, String> definition,
        Optional<String> lastDeliveryError,
        Instant createdAt,
        SubjectProfileWire createdBy,
        Instant updatedAt,
        SubjectProfileWire updatedBy) {
    NotificationChannelWire {
        definition = Map.copyOf(definition);
    }

    static NotificationChannelWire of(NotificationChannel channel) {
        String workspace = channel.workspace().workspaceId().value();
        return new NotificationChannelWire(
                channel.id().value(),
                channel.name(),
                channel.type(),
                CreateNotificationChannelBody.WORKSPACE,
                workspace,
                true,
                channel.workspace().organizationId().value(),
                workspace,
                Map.of(),
                channel.lastError(),
                channel.authorship().createdAt(),
                SubjectProfileWire.of(channel.authorship().createdBy()),
                channel.authorship().updatedAt(),
                SubjectProfileWire.of(channel.authorship().updatedBy()));
    }
}
