package io.headgate.storage;

/// The database or a file of ours cannot be used; the message says what to do about it.
public final class StorageException extends RuntimeException {
    public StorageException(String message) {
        super(message);
    }

    public StorageException(String message, Throwable cause) {
        super(message, cause);
    }
}
