package io.headgate.testing;

import io.headgate.deployment.log.ComponentLogs;
import io.headgate.deployment.log.LogPart;
import io.headgate.deployment.log.LogPosition;
import io.headgate.kernel.DeploymentId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// Components that print what a test says.
public final class ScriptedComponentLogs implements ComponentLogs {
    private final Map<String, List<String>> printed = new HashMap<>();

    public synchronized void print(DeploymentId id, String component, String... lines) {
        printed.computeIfAbsent(id + " " + component, _ -> new ArrayList<>()).addAll(List.of(lines));
    }

    @Override
    public List<String> components() {
        return List.of("scheduler", "dag-processor", "triggerer", "api-server");
    }

    @Override
    public synchronized LogPosition backwards(DeploymentId id, String component, Predicate<String> wantsMore) {
        List<String> lines = lines(id, component);
        for (String line : lines.reversed()) {
            if (!wantsMore.test(line)) {
                break;
            }
        }
        return new LogPosition(0, lines.size());
    }

    @Override
    public synchronized LogPart since(DeploymentId id, String component, LogPosition position) {
        List<String> lines = lines(id, component);
        return new LogPart(
                lines.subList((int) Math.min(position.offset(), lines.size()), lines.size()),
                new LogPosition(0, lines.size()),
                false);
    }

    private List<String> lines(DeploymentId id, String component) {
        return printed.getOrDefault(id + " " + component, List.of());
    }
}
