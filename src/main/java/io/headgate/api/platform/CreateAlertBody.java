package io.headgate.api.platform;

import io.headgate.alert.AlertType;
import io.headgate.alert.DagPattern;
import io.headgate.alert.NewAlert;
import io.headgate.alert.Severity;
import io.headgate.api.http.RequestBody;
import io.headgate.kernel.DeploymentId;
import io.headgate.kernel.NotificationChannelId;
import io.headgate.web.MemberRule;
import io.headgate.web.Members;
import io.headgate.web.TextRule;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads `CreateAlertRequest`.
final class CreateAlertBody {
    static final String DEPLOYMENT = "DEPLOYMENT";
    static final String DAG_ID = "DAG_ID";

    /// Airflow's own limit of a DAG's id.
    private static final int DAG_ID_MAX = 250;

    private static final Set<String> MODEL = Set.of(
            "id",
            "entityName",
            "organizationId",
            "workspaceId",
            "deploymentId",
            "notificationChannels",
            "createdAt",
            "createdBy",
            "updatedAt",
            "updatedBy");

    private CreateAlertBody() {}

    static NewAlert read(RequestBody body) {
        Members members = body.members();
        Optional<String> name = members.require("name", TextRule.line(1, NewAlert.NAME_MAX));
        Optional<AlertType> type = members.require("type", MemberRule.oneOf(List.of(AlertType.values())));
        Optional<Severity> severity = members.require("severity", MemberRule.oneOf(List.of(Severity.values())));
        var _ = members.require("entityType", Words.exactly(DEPLOYMENT));
        Optional<DeploymentId> deployment = members.require("entityId", MemberRule.id(DeploymentId::new));
        Optional<List<DagPattern>> patterns =
                members.read("rules", MemberRule.object(rules -> rules(rules, deployment)));
        Optional<List<NotificationChannelId>> channels = members.require(
                "notificationChannelIds",
                Words.someOf(NewAlert.CHANNELS_MAX, MemberRule.id(NotificationChannelId::new)));
        members.finish(MODEL);
        members.throwIfWrong();
        return new NewAlert(
                deployment.orElseThrow(),
                name.orElseThrow(),
                type.orElseThrow(),
                severity.orElseThrow(),
                patterns.orElse(List.of()),
                channels.orElseThrow());
    }

    /// The Deployment stands in `entityId`; clients repeat it among the properties.
    private static Optional<List<DagPattern>> rules(Members members, Optional<DeploymentId> deployment) {
        var _ = members.read("properties", MemberRule.object(properties -> {
            Optional<DeploymentId> id = properties.read("deploymentId", sameAs(deployment));
            properties.finish(Set.of());
            return id;
        }));
        Optional<List<DagPattern>> patterns = members.read(
                "patternMatches", MemberRule.list(NewAlert.PATTERNS_MAX, MemberRule.object(CreateAlertBody::pattern)));
        members.finish(Set.of());
        return patterns;
    }

    private static MemberRule<DeploymentId> sameAs(Optional<DeploymentId> deployment) {
        return member -> MemberRule.id(DeploymentId::new)
                .read(member)
                .flatMap(repeated ->
                        deployment.filter(named -> !named.equals(repeated)).isEmpty()
                                ? Optional.of(repeated)
                                : member.refuseGiven("mismatch", "must be the same as entityId"));
    }

    private static Optional<DagPattern> pattern(Members members) {
        var _ = members.require("entityType", Words.exactly(DAG_ID));
        Optional<DagPattern.Operator> operator =
                members.require("operatorType", MemberRule.oneOf(List.of(DagPattern.Operator.values())));
        Optional<List<String>> values =
                members.require("values", Words.someOf(DagPattern.VALUES_MAX, TextRule.line(1, DAG_ID_MAX)));
        members.finish(Set.of());
        return operator.flatMap(how -> values.map(what -> new DagPattern(how, what)));
    }
}
