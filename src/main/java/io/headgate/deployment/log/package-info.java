/// What the components of a Deployment's Airflow print, as people read it: the end of it, filtered, and what comes
/// next.
/// Where it lies and how files are turned over is a runtime's part ({@code ComponentLogs}); what tasks log is
/// Airflow's.
@NullMarked
package io.headgate.deployment.log;

import org.jspecify.annotations.NullMarked;
