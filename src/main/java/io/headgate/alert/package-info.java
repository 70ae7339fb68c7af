/// Alert rules, notification channels, and what is told over them: failed DAG runs, and tokens that are about to end.
/// Does not ask Airflow itself: a runtime answers {@link io.headgate.alert.FailedRuns}. Start at
/// {@link io.headgate.alert.Alerts}.
@NullMarked
package io.headgate.alert;

import org.jspecify.annotations.NullMarked;
