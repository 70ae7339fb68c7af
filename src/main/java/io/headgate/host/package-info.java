/// What the operating system offers: processes in sessions of their own, signals to groups, user ids, free ports.
/// Knows Linux and `/proc`; knows nothing of PostgreSQL or Airflow.
@NullMarked
package io.headgate.host;

import org.jspecify.annotations.NullMarked;
