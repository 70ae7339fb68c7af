package io.headgate.config;

/// A setting that cannot be used; the message names it, where it was given, and what is allowed.
public final class SettingsException extends RuntimeException {
    public SettingsException(String message) {
        super(message);
    }
}
