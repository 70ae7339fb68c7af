package io.headgate.alert;

/// How bad it is, in the words of whoever made the alert (A5).
public enum Severity {
    INFO,
    WARNING,
    CRITICAL,
    ERROR
}
