package io.headgate.alert;

import io.headgate.kernel.SecretText;
import io.headgate.kernel.WorkspaceId;

/// What people say about a channel they want.
///
/// @param webhookUrl checked by {@link WebhookTargets}; can never be read again (A13)
public record NewNotificationChannel(WorkspaceId workspaceId, String name, ChannelType type, SecretText webhookUrl) {
    /// In characters.
    public static final int NAME_MAX = 256;

    /// In characters.
    public static final int WEBHOOK_URL_MAX = 2048;
}
