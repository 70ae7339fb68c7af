package io.headgate.deployment.log;

/// One line of a log as it may be shown.
///
/// @param level its own, or that of the entry which it goes on
public record LogLine(LogLevel level, String text) {}
