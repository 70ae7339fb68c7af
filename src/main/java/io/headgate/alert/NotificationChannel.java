package io.headgate.alert;

import io.headgate.access.Authorship;
import io.headgate.access.Scope;
import io.headgate.kernel.NotificationChannelId;
import java.util.Optional;

/// A named place of a Workspace where people want to be told things. Where exactly is a secret and no part of this.
///
/// @param lastError why the newest notification has not been delivered yet (A14)
public record NotificationChannel(
        NotificationChannelId id,
        Scope.OfWorkspace workspace,
        String name,
        ChannelType type,
        Optional<String> lastError,
        Authorship authorship) {}
