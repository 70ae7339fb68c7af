package io.headgate.audit;

import io.headgate.access.Scope;
import java.util.Map;

/// What was done to what, or was refused; who, when and from where are added by {@link AuditLog}. Holds no secrets.
///
/// @param action noun and verb, for example `token.rotated`
/// @param scope where it happened
/// @param entityType for example `API_TOKEN`
/// @param details named members of what was asked for, chosen one by one by the use case (U6): never a value of a
/// secret
public record AuditEvent(
        String action, Scope scope, String entityType, String entityId, Outcome outcome, Map<String, Object> details) {
    public AuditEvent {
        details = Map.copyOf(details);
        if (scope instanceof Scope.OfDeployment && !DeploymentActions.ALL.contains(action)) {
            throw new IllegalArgumentException("not among DeploymentActions: " + action);
        }
    }

    /// Something that was done, and of which there is no more to say.
    public AuditEvent(String action, Scope scope, String entityType, String entityId) {
        this(action, scope, entityType, entityId, Outcome.SUCCESS, Map.of());
    }

    /// Whether it was done.
    public enum Outcome {
        SUCCESS,
        DENIED
    }

    public AuditEvent with(Map<String, Object> more) {
        return new AuditEvent(action, scope, entityType, entityId, outcome, more);
    }
}
