/// The way of people who are signed in to the Airflow of a Deployment; the gateway has the other half of it.
@NullMarked
package io.headgate.ui.airflow;

import org.jspecify.annotations.NullMarked;
