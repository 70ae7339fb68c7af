package io.headgate.api.v1.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import io.headgate.deployment.Deployment;
import io.headgate.web.Members;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The keys of a Deployment file that say what cannot be changed (F9): another place is refused, what grows stale by
/// itself is ignored with a warning (Z21).
final class FixedInFile {
    private static final Set<String> OF_ONE_HOST = Set.of("STANDARD", "HOSTED_STANDARD", "HOSTED_SHARED", "HOSTED");
    private static final Set<String> NO_CLUSTER = Set.of("", "N/A");

    private final Deployment current;
    private final Members section;
    private final List<String> warnings;

    FixedInFile(Deployment current, Members section, List<String> warnings) {
        this.current = current;
        this.section = section;
        this.warnings = warnings;
    }

    void check() {
        given("workspace_name")
                .filter(name -> !name.equals(current.workspaceName()))
                .ifPresent(name -> refuse(
                        "workspace_name",
                        "cannot be changed: the Deployment is in Workspace '" + current.workspaceName() + "'"));
        given("cluster_name")
                .filter(name -> !NO_CLUSTER.contains(name))
                .ifPresent(_ -> refuse(
                        "cluster_name",
                        "cannot be changed: the Deployment runs on this installation, not on a cluster"));
        section.readUnlessEmpty("deployment_type", FileRules.name())
                .filter(type -> !OF_ONE_HOST.contains(type.textValue()))
                .ifPresent(_ -> refuse("deployment_type", "must be STANDARD"));
        given("runtime_version")
                .filter(version -> !version.equals(current.release().version()))
                .ifPresent(_ -> ignored(
                        "runtime_version",
                        "the Deployment stays on " + current.release().version()));
        place("cloud_provider", current.settings().cloudProvider());
        place("region", current.settings().region());
        meansNothing("workload_identity");
        meansNothing("default_worker_type");
        meansNothing("scheduler_au");
        section.readUnlessEmpty("scheduler_count", FileRules.number())
                .filter(count -> count.intValue() != 1)
                .ifPresent(_ -> ignored("scheduler_count", "there is one scheduler"));
    }

    private void place(String name, Optional<String> fixed) {
        given(name)
                .filter(text -> fixed.filter(text::equalsIgnoreCase).isEmpty())
                .ifPresent(_ -> {
                    if (fixed.isPresent()) {
                        refuse(name, "cannot be changed: it is " + fixed.get());
                    } else {
                        ignored(name, "the Deployment was created without one");
                    }
                });
    }

    private void meansNothing(String name) {
        given(name).ifPresent(_ -> ignored(name, "it means nothing on this installation"));
    }

    private Optional<String> given(String name) {
        return section.readUnlessEmpty(name, FileRules.text()).map(JsonNode::textValue);
    }

    private void refuse(String name, String requirement) {
        section.refuse(name, "fixed", requirement);
    }

    private void ignored(String name, String because) {
        warnings.add("deployment.configuration." + name + " is ignored: " + because);
    }
}
