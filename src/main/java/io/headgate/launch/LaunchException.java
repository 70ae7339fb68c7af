package io.headgate.launch;

/// Headgate cannot start, or a command cannot run; the message is for the person at the terminal.
final class LaunchException extends RuntimeException {
    private static final int EXIT_FAILURE = 1;

    private final int exitCode;

    LaunchException(String message) {
        this(message, EXIT_FAILURE);
    }

    LaunchException(String message, int exitCode) {
        super(message);
        this.exitCode = exitCode;
    }

    LaunchException(String message, Throwable cause) {
        super(message, cause);
        this.exitCode = EXIT_FAILURE;
    }

    int exitCode() {
        return exitCode;
    }
}
