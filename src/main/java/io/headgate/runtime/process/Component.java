package io.headgate.runtime.process;

import java.util.List;
import java.util.Locale;

/// The four processes that make up one Airflow.
enum Component {
    API_SERVER("api-server", List.of("api-server")),
    SCHEDULER("scheduler", List.of("scheduler", "--skip-serve-logs")),
    DAG_PROCESSOR("dag-processor", List.of("dag-processor")),
    TRIGGERER("triggerer", List.of("triggerer", "--skip-serve-logs"));

    private final String label;
    private final List<String> arguments;

    Component(String label, List<String> arguments) {
        this.label = label;
        this.arguments = arguments;
    }

    /// Its name in commands, files and sentences.
    String label() {
        return label;
    }

    /// What comes after `airflow` on its command line; where it listens is in its environment.
    List<String> arguments() {
        return arguments;
    }

    /// What Airflow calls a life of it; the api-server has none.
    String jobType() {
        return switch (this) {
            case API_SERVER -> throw new IllegalArgumentException("an api-server has no job");
            case SCHEDULER -> "SchedulerJob";
            case DAG_PROCESSOR -> "DagProcessorJob";
            case TRIGGERER -> "TriggererJob";
        };
    }

    /// Its member in Airflow's health answer; the api-server has none, it is the one that answers.
    String healthName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
