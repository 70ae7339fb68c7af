package io.headgate.audit;

import io.headgate.access.Scope;

/// What was done to what; who, when and from where are added by {@link AuditLog}. Holds no values and no secrets.
///
/// @param action noun and verb, for example `token.rotated`
/// @param scope where it happened
/// @param entityType for example `API_TOKEN`
public record AuditEvent(String action, Scope scope, String entityType, String entityId) {}
