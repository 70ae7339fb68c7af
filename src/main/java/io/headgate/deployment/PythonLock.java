package io.headgate.deployment;

/// Python packages beside Airflow's own, resolved to exact versions.
///
/// @param requirements what people asked for, as in a `requirements.txt`
/// @param lock what that was resolved to together with Airflow's own lock: every package with version and file hashes
/// @param wheelsOnly whether nothing of it is built from source, so that Deployments may share an installation of it
public record PythonLock(String requirements, String lock, boolean wheelsOnly) {}
