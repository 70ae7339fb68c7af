package io.headgate.api.platform;

import io.headgate.alert.NotificationChannel;
import io.headgate.kernel.Page;
import java.util.List;

/// A page of notification channels.
record NotificationChannelsWire(
        List<NotificationChannelWire> notificationChannels, int limit, int offset, long totalCount) {
    NotificationChannelsWire {
        notificationChannels = List.copyOf(notificationChannels);
    }

    static NotificationChannelsWire of(Page<NotificationChannel> page) {
        return new NotificationChannelsWire(
                page.items().stream().map(NotificationChannelWire::of).toList(),
                page.request().limit(),
                page.request().offset(),
                page.totalCount());
    }
}
