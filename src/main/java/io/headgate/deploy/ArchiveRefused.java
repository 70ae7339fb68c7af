package io.headgate.deploy;

/// Says what is wrong with an uploaded archive, in words for whoever uploaded it.
final class ArchiveRefused extends Exception {
    private final String reason;

    ArchiveRefused(String reason) {
        super(reason);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
