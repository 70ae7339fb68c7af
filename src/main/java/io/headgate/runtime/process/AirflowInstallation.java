package io.headgate.runtime.process;

import java.nio.file.Path;

/// One Airflow in the cache, complete and shared by all Deployments of that version.
///
/// @param key names version, lock and interpreter; equal keys mean the same packages
record AirflowInstallation(Path venv, String key) {

    Path python() {
        return venv.resolve("bin/python");
    }
}
