/// Airflow as supervised processes on this host.
/// Owns processes, their files and ports. Does not decide what should run.
@NullMarked
package io.headgate.runtime.process;

import org.jspecify.annotations.NullMarked;
