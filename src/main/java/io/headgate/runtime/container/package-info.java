/// Airflow in containers through the Docker Engine API. Empty so far.
@NullMarked
package io.headgate.runtime.container;

import org.jspecify.annotations.NullMarked;
