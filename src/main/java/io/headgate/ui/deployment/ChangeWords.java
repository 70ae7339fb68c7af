package io.headgate.ui.deployment;

import io.headgate.audit.RecentChanges;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What was done to a Deployment, in the words of its page.
final class ChangeWords {
    static final String AIRFLOW_CHANGED = "airflow.changed";

    static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("deployment.created", "Deployment created"),
            Map.entry("deployment.updated", "Settings changed"),
            Map.entry("deploy.created", "Deploy begun"),
            Map.entry("deploy.updated", "Deploy described anew"),
            Map.entry("deploy.finalized", "Code pushed"),
            Map.entry("deploy.rolledBack", "Code rolled back"),
            Map.entry(AIRFLOW_CHANGED, "Changed in Airflow"),
            Map.entry("alert.created", "Alert created"),
            Map.entry("alert.deleted", "Alert deleted"),
            Map.entry("token.created", "API token created"),
            Map.entry("token.updated", "API token renamed"),
            Map.entry("token.rotated", "API token rotated"),
            Map.entry("token.deleted", "API token deleted"),
            Map.entry("token.role-given", "API token given a role"),
            Map.entry("token.role-changed", "Role of an API token changed"),
            Map.entry("token.role-taken", "Role taken from an API token"));

    /// Nothing changed by them, or there is no page any more on which to say so.
    static final Set<String> NOT_TOLD = Set.of("airflow.opened", "deployment.deleted", "token.refused");

    /// Without what is done in Airflow.
    static final List<String> IN_HEADGATE = WORDS.keySet().stream()
            .filter(action -> !action.equals(AIRFLOW_CHANGED))
            .toList();

    private ChangeWords() {}

    static String of(RecentChanges.Change change) {
        String words = WORDS.getOrDefault(change.action(), change.action());
        // the page has the Deployment's own name as its title
        return change.what().isEmpty() || change.action().startsWith("deployment.")
                ? words
                : words + ": " + change.what();
    }
}
