package io.headgate.api.v1.deployment;

import io.headgate.api.http.QueryParameters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// Whose logs a request asks for, by the name that it gives to each component: Airflow 2 calls the api-server
/// `webserver`.
record LogSources(SequencedMap<String, String> byComponent) {
    private static final Map<String, String> COMPONENTS = Map.of(
            "scheduler", "scheduler",
            "dag-processor", "dag-processor",
            "triggerer", "triggerer",
            "apiserver", "api-server",
            "webserver", "api-server",
            "worker", "worker");

    static LogSources read(QueryParameters query) {
        List<String> names = query.texts("sources");
        if (names.isEmpty()) {
            query.refuse("sources", "required", "must name at least one of " + allowed(), "");
        }
        SequencedMap<String, String> byComponent = new LinkedHashMap<>();
        for (String name : names) {
            if (COMPONENTS.containsKey(name)) {
                byComponent.putIfAbsent(COMPONENTS.get(name), name);
            } else {
                query.refuse("sources", "enum", "must be one of " + allowed(), name);
            }
        }
        return new LogSources(byComponent);
    }

    /// Those that there are: where tasks run beside the scheduler, there is no worker that prints.
    List<String> among(List<String> components) {
        return byComponent.sequencedKeySet().stream()
                .filter(components::contains)
                .toList();
    }

    String nameOf(String component) {
        return byComponent.getOrDefault(component, component);
    }

    private static String allowed() {
        return String.join(", ", COMPONENTS.keySet().stream().sorted().toList());
    }
}
