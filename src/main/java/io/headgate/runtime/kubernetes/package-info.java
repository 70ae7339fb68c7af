/// Airflow in a namespace of a Kubernetes cluster. Empty so far.
@NullMarked
package io.headgate.runtime.kubernetes;

import org.jspecify.annotations.NullMarked;
