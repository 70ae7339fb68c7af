package io.headgate.api.platform;

import io.headgate.alert.ChannelType;
import io.headgate.alert.NewNotificationChannel;
import io.headgate.api.http.RequestBody;
import io.headgate.kernel.SecretText;
import io.headgate.kernel.WorkspaceId;
import io.headgate.web.MemberRule;
import io.headgate.web.Members;
import io.headgate.web.TextRule;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads `CreateNotificationChannelRequest`.
final class CreateNotificationChannelBody {
    static final String WORKSPACE = "WORKSPACE";

    private static final Set<String> MODEL = Set.of(
            "id",
            "isShared",
            "organizationId",
            "workspaceId",
            "lastDeliveryError",
            "createdAt",
            "createdBy",
            "updatedAt",
            "updatedBy");

    private CreateNotificationChannelBody() {}

    static NewNotificationChannel read(RequestBody body) {
        Members members = body.members();
        Optional<String> name = members.require("name", TextRule.line(1, NewNotificationChannel.NAME_MAX));
        Optional<ChannelType> type = members.require("type", MemberRule.oneOf(List.of(ChannelType.values())));
        var _ = members.require("entityType", Words.exactly(WORKSPACE));
        Optional<WorkspaceId> workspace = members.require("entityId", MemberRule.id(WorkspaceId::new));
        Optional<SecretText> webhookUrl = members.require("definition", MemberRule.object(definition -> {
            Optional<String> url =
                    definition.require("webhookUrl", TextRule.line(1, NewNotificationChannel.WEBHOOK_URL_MAX));
            definition.finish(Set.of());
            return url.map(SecretText::new);
        }));
        members.finish(MODEL);
        members.throwIfWrong();
        return new NewNotificationChannel(
                workspace.orElseThrow(), name.orElseThrow(), type.orElseThrow(), webhookUrl.orElseThrow());
    }
}
