/// Incidents, alert rules and notification channels. Empty so far.
/// Will not observe Airflow: {@code runtime} does.
@NullMarked
package io.headgate.alert;

import org.jspecify.annotations.NullMarked;
