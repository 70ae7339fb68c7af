/// What runs Airflow: the one SPI {@link io.headgate.runtime.AirflowRuntime} and the reconciler that drives it.
/// Owns no driver; drivers live in sub-packages, and nothing sees a driver.
@NullMarked
package io.headgate.runtime;

import org.jspecify.annotations.NullMarked;
