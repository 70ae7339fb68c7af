package io.headgate.certificate;

/// A certificate or key that cannot be used; the message names the file, and the setting if one led to it.
public final class UnusableCertificateException extends RuntimeException {
    UnusableCertificateException(String message) {
        super(message);
    }

    UnusableCertificateException(String message, Throwable cause) {
        super(message, cause);
    }
}
