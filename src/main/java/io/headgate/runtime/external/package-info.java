/// An Airflow that somebody else runs: tokens and gateway only. Empty so far.
@NullMarked
package io.headgate.runtime.external;

import org.jspecify.annotations.NullMarked;
