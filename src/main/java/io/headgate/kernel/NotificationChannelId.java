package io.headgate.kernel;

/// Identifies a notification channel.
public record NotificationChannelId(String value) implements Id {
    public NotificationChannelId {
        Id.checked(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
