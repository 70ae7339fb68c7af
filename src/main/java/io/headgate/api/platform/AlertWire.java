package io.headgate.api.platform;

import io.headgate.alert.Alert;
import io.headgate.alert.AlertType;
import io.headgate.alert.ChannelType;
import io.headgate.alert.DagPattern;
import io.headgate.alert.Severity;
import io.headgate.api.v1.SubjectProfileWire;
import java.time.Instant;
import java.util.List;

/// An alert in answers.
record AlertWire(
        String id,
        String name,
        AlertType type,
        Severity severity,
        String entityType,
        String entityId,
        String entityName,
        String organizationId,
        String workspaceId,
        String deploymentId,
        Rules rules,
        List<Channel> notificationChannels,
        Instant createdAt,
        SubjectProfileWire createdBy,
        Instant updatedAt,
        SubjectProfileWire updatedBy) {
    AlertWire {
        notificationChannels = List.copyOf(notificationChannels);
    }

    record Rules(Properties properties, List<PatternMatch> patternMatches) {
        Rules {
            patternMatches = List.copyOf(patternMatches);
        }
    }

    record Properties(String deploymentId) {}

    record PatternMatch(String entityType, DagPattern.Operator operatorType, List<String> values) {
        PatternMatch {
            values = List.copyOf(values);
        }
    }

    record Channel(String id, String name, ChannelType type) {}

    static AlertWire of(Alert alert) {
        String deployment = alert.deployment().deploymentId().value();
        return new AlertWire(
                alert.id().value(),
                alert.name(),
                alert.type(),
                alert.severity(),
                CreateAlertBody.DEPLOYMENT,
                deployment,
                alert.deploymentName(),
                alert.deployment().organizationId().value(),
                alert.deployment().workspaceId().value(),
                deployment,
                new Rules(
                        new Properties(deployment),
                        alert.patterns().stream()
                                .map(pattern ->
                                        new PatternMatch(CreateAlertBody.DAG_ID, pattern.operator(), pattern.values()))
                                .toList()),
                alert.channels().stream()
                        .map(told -> new Channel(told.id().value(), told.name(), told.type()))
                        .toList(),
                alert.authorship().createdAt(),
                SubjectProfileWire.of(alert.authorship().createdBy()),
                alert.authorship().updatedAt(),
                SubjectProfileWire.of(alert.authorship().updatedBy()));
    }
}
