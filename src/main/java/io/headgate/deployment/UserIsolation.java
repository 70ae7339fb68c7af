package io.headgate.deployment;

import java.util.Optional;

/// Whether code of one Deployment is kept from the others by the operating system.
public enum UserIsolation {
    /// Every Deployment runs under a user id of its own.
    USER_EACH,
    /// All run under the one that Headgate runs under: they are one trust domain, and Headgate is part of it.
    SHARED_USER;

    private static final String FINDING = "Headgate does not run as root, so all Deployments run under its own user:"
            + " they are one trust domain. Whoever may push code to one of them can read the secrets of all of them and"
            + " of Headgate.";

    /// What people must be told about it, in two sentences.
    public Optional<String> finding() {
        return switch (this) {
            case USER_EACH -> Optional.empty();
            case SHARED_USER -> Optional.of(FINDING);
        };
    }
}
