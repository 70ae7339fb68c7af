package io.headgate.api.v1.token;

import com.fasterxml.jackson.databind.JsonNode;
import io.headgate.access.Role;
import io.headgate.access.Scope;
import io.headgate.api.Answer;
import io.headgate.api.TestApi;
import io.headgate.deployment.Deployment;
import io.headgate.organization.Workspace;
import io.headgate.token.IssuedToken;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// Changing the roles of tokens over HTTP, for tests of what comes of it.
abstract class RoleUpdates {
    @Inject
    TestApi api;

    String value(Role role) {
        return api.behind().workspaceToken("caller", role).value().reveal();
    }

    Answer update(IssuedToken token, String... roles) {
        return update(api.owner(), token, roles);
    }

    Answer update(String credential, IssuedToken token, String... roles) {
        return api.post(credential, path(token), body(roles));
    }

    static String body(String... roles) {
        return Arrays.stream(roles).collect(Collectors.joining(", ", "{\"roles\": [", "]}"));
    }

    String organization(String role) {
        return role("ORGANIZATION", api.behind().organizationId().value(), role);
    }

    String workspace(String role) {
        return workspace(api.behind().workspace(), role);
    }

    static String workspace(Workspace workspace, String role) {
        return role("WORKSPACE", workspace.id().value(), role);
    }

    static String deployment(Deployment deployment) {
        Scope scope = deployment.scope();
        return role("DEPLOYMENT", scope.objectId().value(), "DEPLOYMENT_ADMIN");
    }

    static String role(String type, String id, String role) {
        return "{\"entityType\": \"" + type + "\", \"entityId\": \"" + id + "\", \"role\": \"" + role + "\"}";
    }

    JsonNode get(String credential, IssuedToken token) {
        return api.get(credential, api.organization("/tokens/" + id(token))).json();
    }

    List<String> rolesOf(IssuedToken token) {
        return StreamSupport.stream(get(api.owner(), token).path("roles").spliterator(), false)
                .map(role -> role.path("entityType").asText() + " "
                        + role.path("role").asText())
                .toList();
    }

    String path(IssuedToken token) {
        return api.organization("/tokens/" + id(token) + "/roles");
    }

    static String id(IssuedToken token) {
        return token.token().id().value();
    }
}
