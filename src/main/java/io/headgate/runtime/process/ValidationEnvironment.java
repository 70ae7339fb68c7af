package io.headgate.runtime.process;

import io.headgate.deployment.DesiredAirflow;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What validation runs with: what people set for the Deployment, and an Airflow without a database, in a home of its
/// own. No secret of the platform is in it.
record ValidationEnvironment(
        DesiredAirflow airflow, AirflowInstallation installation, Path ourPackage, ScratchFolder scratch) {

    Map<String, String> variables() {
        Map<String, String> all = new TreeMap<>();
        Path home = scratch.home();
        all.put("PATH", installation.venv().resolve("bin") + ":/usr/bin:/bin");
        all.put("LANG", "C.UTF-8");
        all.put("TZ", "UTC");
        all.put("USER", "airflow");
        all.put("LOGNAME", "airflow");
        all.put("HOME", home.toString());
        all.put("TMPDIR", scratch.temporary().toString());
        all.put("PYTHONPATH", ourPackage.toString());
        all.put("PYTHONDONTWRITEBYTECODE", "1");
        all.put("PYTHONUNBUFFERED", "1");
        all.put("AIRFLOW_HOME", home.toString());
        all.put("AIRFLOW__DATABASE__SQL_ALCHEMY_CONN", "sqlite:///" + home.resolve("nothing.db"));
        all.put("AIRFLOW__DATABASE__LOAD_DEFAULT_CONNECTIONS", "False");
        // as it will run, so that a task that names another executor is found
        all.put("AIRFLOW__CORE__EXECUTOR", "LocalExecutor");
        all.put("AIRFLOW__CORE__LOAD_EXAMPLES", "False");
        all.put("AIRFLOW__CORE__DAGS_FOLDER", home.resolve("nodags").toString());
        all.put("AIRFLOW__LOGGING__BASE_LOG_FOLDER", home.resolve("logs").toString());
        all.put("AIRFLOW__USAGE_DATA_COLLECTION__ENABLED", "False");
        all.putAll(new PeoplesVariables(airflow.variables(), Set.copyOf(all.keySet())).values());
        return all;
    }

    @Override
    public String toString() {
        return "ValidationEnvironment[" + airflow.id() + "]";
    }
}
