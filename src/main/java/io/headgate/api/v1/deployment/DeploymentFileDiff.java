package io.headgate.api.v1.deployment;

import io.headgate.deployment.Deployment;
import io.headgate.deployment.DeploymentAddresses;
import io.headgate.deployment.DeploymentChanged;
import io.headgate.deployment.DeploymentFile;
import io.headgate.deployment.variable.ShownVariable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a change did, in the words of the Deployment file; a secret is `***` on both sides.
final class DeploymentFileDiff {
    private static final String HIDDEN = "***";

    /// Read-only, and so never changed by anybody.
    private static final Set<String> READ_ONLY = Set.of("metadata", "updated_at");

    private final DeploymentAddresses addresses;
    private final Set<String> secrets;

    private DeploymentFileDiff(DeploymentAddresses addresses, Set<String> secrets) {
        this.addresses = addresses;
        this.secrets = secrets;
    }

    static List<AppliedFileWire.Change> of(DeploymentChanged changed, DeploymentAddresses addresses) {
        Set<String> secrets = Stream.of(changed.before(), changed.after())
                .flatMap(deployment -> deployment.variables().stream())
                .filter(ShownVariable::secret)
                .map(ShownVariable::key)
                .collect(Collectors.toUnmodifiableSet());
        DeploymentFileDiff diff = new DeploymentFileDiff(addresses, secrets);
        Map<String, String> before = diff.flat(changed.before());
        Map<String, String> after = diff.flat(changed.after());
        Set<String> changedValues = changed.changedSecrets().stream()
                .map(DeploymentFileDiff::valueOf)
                .collect(Collectors.toUnmodifiableSet());
        Set<String> fields = new LinkedHashSet<>(before.keySet());
        fields.addAll(after.keySet());
        List<AppliedFileWire.Change> changes = new ArrayList<>();
        for (String field : fields) {
            Optional<String> from = Optional.ofNullable(before.get(field));
            Optional<String> to = Optional.ofNullable(after.get(field));
            if (!from.equals(to) || changedValues.contains(field)) {
                changes.add(new AppliedFileWire.Change(field, from, to));
            }
        }
        return List.copyOf(changes);
    }

    private static String valueOf(String key) {
        return "environment_variables[" + key + "].value";
    }

    private Map<String, String> flat(Deployment deployment) {
        Map<String, String> all = new LinkedHashMap<>();
        DeploymentFile.of(deployment, addresses).values().forEach(document -> flatten("", document, all));
        secrets.forEach(key -> all.computeIfPresent(valueOf(key), (_, _) -> HIDDEN));
        return all;
    }

    private static void flatten(String path, Object value, Map<String, String> into) {
        switch (value) {
            case Map<?, ?> map ->
                map.forEach((name, member) -> {
                    if (!READ_ONLY.contains(name) && !isNameOfElement(path, name)) {
                        flatten(path.isEmpty() ? name.toString() : path + "." + name, member, into);
                    }
                });
            case List<?> list
            when list.stream().allMatch(Map.class::isInstance) ->
                list.forEach(element -> flatten(path + "[" + nameOf((Map<?, ?>) element) + "]", element, into));
            case List<?> list ->
                into.put(path, list.stream().map(Object::toString).collect(Collectors.joining(", ")));
            default -> into.put(path, value.toString());
        }
    }

    /// Variables are known by key, queues by name.
    private static String nameOf(Map<?, ?> element) {
        return String.valueOf(element.containsKey("key") ? element.get("key") : element.get("name"));
    }

    private static boolean isNameOfElement(String path, Object name) {
        return path.endsWith("]") && (name.equals("key") || name.equals("name"));
    }
}
