package io.headgate.token;

/// A token together with its value; exists only on the way to the one answer that shows it.
public record IssuedToken(ApiToken token, TokenValue value) {}
