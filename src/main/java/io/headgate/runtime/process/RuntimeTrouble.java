package io.headgate.runtime.process;

/// Airflow cannot be run as things are; the message is one sentence for people that says why and what to do.
final class RuntimeTrouble extends RuntimeException {
    RuntimeTrouble(String message) {
        super(message);
    }

    RuntimeTrouble(String message, Throwable cause) {
        super(message, cause);
    }
}
