package io.headgate.runtime.process;

import java.nio.file.Path;

/// A Python that Airflow can run on; `version` is its `major.minor`.
record PythonInterpreter(Path program, String version) {}
