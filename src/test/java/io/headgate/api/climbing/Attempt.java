package io.headgate.api.climbing;

import io.headgate.api.Answer;
import io.headgate.api.TestApi;

/// A request that is as good as any other, if only the right one sends it.
record Attempt(String path, String body) {
    Answer by(TestApi api, String credential) {
        return body.isEmpty() ? api.post(credential, path) : api.post(credential, path, body);
    }

    /// A role as the bodies about tokens have it.
    static String role(String type, Object entityId, String role) {
        return "{\"entityType\": \"%s\", \"entityId\": \"%s\", \"role\": \"%s\"}".formatted(type, entityId, role);
    }

    /// The body that creates a token.
    static String token(String scope, Object entityId, String role) {
        return "{\"name\": \"climbed\", \"scope\": \"%s\", \"entityId\": \"%s\", \"role\": \"%s\"}"
                .formatted(scope, entityId, role);
    }

    /// The body that gives a token its roles.
    static String roles(String... roles) {
        return "{\"roles\": [" + String.join(", ", roles) + "]}";
    }
}
