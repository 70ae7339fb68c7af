package io.headgate.gateway;

import io.headgate.access.DeploymentPermission;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What a row of the route table demands of the caller.
sealed interface Requirement {

    /// Why a caller who holds these permissions may not pass, or empty.
    Optional<Refusal> objection(Set<DeploymentPermission> held);

    /// Whether what passes may change something; reading is all that a `.get` allows.
    boolean changes();

    /// Any token that may see the Deployment.
    record AnyToken() implements Requirement {
        @Override
        public Optional<Refusal> objection(Set<DeploymentPermission> held) {
            return Optional.empty();
        }

        @Override
        public boolean changes() {
            return false;
        }
    }

    /// Every one of these permissions.
    record AllOf(Set<DeploymentPermission> permissions) implements Requirement {
        public AllOf {
            permissions = Set.copyOf(permissions);
        }

        @Override
        public Optional<Refusal> objection(Set<DeploymentPermission> held) {
            return held.containsAll(permissions)
                    ? Optional.empty()
                    : Optional.of(Refusal.permissionMissing(BulkRule.without(permissions, held)));
        }

        @Override
        public boolean changes() {
            return permissions.stream()
                    .anyMatch(permission -> !permission.wireName().endsWith(".get"));
        }
    }

    /// The body decides; whoever could send no body that passes is refused before sending one.
    record Bulk(BulkRule rule) implements Requirement {
        @Override
        public Optional<Refusal> objection(Set<DeploymentPermission> held) {
            Set<DeploymentPermission> missing = rule.missingFromTheStart(held);
            return missing.isEmpty() ? Optional.empty() : Optional.of(Refusal.permissionMissing(missing));
        }

        @Override
        public boolean changes() {
            return true;
        }
    }

    /// Nobody gets through.
    record Never() implements Requirement {
        @Override
        public Optional<Refusal> objection(Set<DeploymentPermission> held) {
            return Optional.of(Refusal.neverForwarded());
        }

        @Override
        public boolean changes() {
            return false;
        }
    }

    /// Reads the column `permission`, or `advice` without its leading word; `note` explains `bulk`.
    static Requirement parse(String text, String note) {
        return switch (text) {
            case "any-token" -> new AnyToken();
            case "deny" -> new Never();
            case "bulk" -> new Bulk(BulkRule.parse(note));
            default ->
                new AllOf(Arrays.stream(text.split("\\+", -1))
                        .map(Requirement::permission)
                        .collect(Collectors.toSet()));
        };
    }

    /// A name that the policy does not know must stop the start: a rule that can never be met hides a typing
    /// error.
    static DeploymentPermission permission(String name) {
        return DeploymentPermission.named(name)
                .orElseThrow(() -> new IllegalArgumentException("unknown permission in the route table: " + name));
    }
}
