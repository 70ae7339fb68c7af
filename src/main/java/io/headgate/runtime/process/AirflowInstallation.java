package io.headgate.runtime.process;

import java.nio.file.Path;

/// A complete Airflow to run, alone or with packages that a Deployment asks for.
///
/// @param key names version, lock, interpreter and packages; equal keys mean the same packages
/// @param airflow the key of the Airflow in it: equal ones need the same tables, whatever packages are beside them
record AirflowInstallation(Path venv, String key, String airflow) {

    /// Airflow alone.
    AirflowInstallation(Path venv, String key) {
        this(venv, key, key);
    }

    Path python() {
        return venv.resolve("bin/python");
    }
}
