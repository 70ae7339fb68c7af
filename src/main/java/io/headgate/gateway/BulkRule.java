package io.headgate.gateway;

import static java.util.stream.Collectors.toUnmodifiableMap;

import io.headgate.access.DeploymentPermission;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Which permissions a bulk request needs, by what its actions do.
///
/// @param always needed whatever the body says
/// @param byAction the actions that exist here; any other is refused, because Airflow answers some of them with
/// 500
/// @param overwriting needed besides for a `create` that may overwrite
record BulkRule(
        Set<DeploymentPermission> always,
        Map<String, DeploymentPermission> byAction,
        Optional<DeploymentPermission> overwriting) {

    private static final Pattern ACTION = Pattern.compile("\\b(create|update|delete)=([A-Za-z]+\\.[a-z]+)");
    private static final Pattern OVERWRITING = Pattern.compile("\\(\\+([A-Za-z]+\\.[a-z]+) if [a-z_=]*overwrite\\)");
    private static final Pattern ALWAYS = Pattern.compile("([A-Za-z]+\\.[a-z]+) ALWAYS");

    BulkRule {
        always = Set.copyOf(always);
        byAction = Map.copyOf(byAction);
    }

    /// Reads the note of a row, e.g. `update=pool.update, delete=pool.delete`.
    static BulkRule parse(String note) {
        Map<String, DeploymentPermission> byAction = ACTION.matcher(note)
                .results()
                .collect(toUnmodifiableMap(found -> found.group(1), found -> airflow(found.group(2))));
        if (byAction.isEmpty()) {
            throw new IllegalArgumentException("the note of a bulk row names no action: " + note);
        }
        return new BulkRule(first(ALWAYS, note).map(Set::of).orElse(Set.of()), byAction, first(OVERWRITING, note));
    }

    /// What one action needs. The action must be one of {@link #byAction}.
    Set<DeploymentPermission> neededFor(String action, boolean mayOverwrite) {
        Set<DeploymentPermission> needed = new HashSet<>();
        needed.add(byAction.get(action));
        if (action.equals("create") && mayOverwrite) {
            overwriting.ifPresent(needed::add);
        }
        return needed;
    }

    /// What is missing whatever the body says: a caller without any of these need not send it.
    Set<DeploymentPermission> missingFromTheStart(Set<DeploymentPermission> held) {
        Set<DeploymentPermission> missing = without(always, held);
        if (!missing.isEmpty()) {
            return missing;
        }
        boolean none = byAction.values().stream().noneMatch(held::contains);
        return none ? new HashSet<>(byAction.values()) : Set.of();
    }

    static Set<DeploymentPermission> without(Collection<DeploymentPermission> needed, Set<DeploymentPermission> held) {
        Set<DeploymentPermission> missing = new HashSet<>(needed);
        missing.removeAll(held);
        return missing;
    }

    private static Optional<DeploymentPermission> first(Pattern pattern, String note) {
        return pattern.matcher(note).results().findFirst().map((MatchResult found) -> airflow(found.group(1)));
    }

    private static DeploymentPermission airflow(String shortName) {
        return Requirement.permission("deployment.airflow." + shortName);
    }
}
