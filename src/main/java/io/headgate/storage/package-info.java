/// PostgreSQL: the embedded server, the pool, migrations, transactions, encryption at rest, and Airflow's databases.
/// Owns no statement about a feature's tables: those are in that feature's {@code *Store}.
@NullMarked
package io.headgate.storage;

import org.jspecify.annotations.NullMarked;
