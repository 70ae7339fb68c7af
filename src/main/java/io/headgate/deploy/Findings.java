package io.headgate.deploy;

import java.util.List;
import java.util.OptionalInt;

/// What validation found in a bundle.
///
/// @param dagIds every DAG that Airflow will show, sorted
/// @param errors reasons not to activate it, each with file and line as far as they are known
/// @param warnings what may fail later; activation goes on
public record Findings(List<String> dagIds, List<Finding> errors, List<Finding> warnings) {
    public Findings {
        dagIds = List.copyOf(dagIds);
        errors = List.copyOf(errors);
        warnings = List.copyOf(warnings);
    }

    /// One thing found.
    ///
    /// @param file path within the archive, for example `dags/daily.py`; empty when it concerns the whole
    /// @param message one line for people
    public record Finding(String file, OptionalInt line, String message) {}
}
