/// Tests of the way from the pages to Airflow.
@NullMarked
package io.headgate.ui.airflow;

import org.jspecify.annotations.NullMarked;
