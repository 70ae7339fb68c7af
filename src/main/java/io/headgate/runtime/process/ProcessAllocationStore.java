package io.headgate.runtime.process;

import io.headgate.kernel.DeploymentId;
import io.headgate.storage.Database;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// SQL of `process_allocation`.
final class ProcessAllocationStore {
    private final Jdbi jdbi;

    ProcessAllocationStore(Database database) {
        this.jdbi = database.jdbi();
    }

    /// A row; a retired Deployment has no port.
    record Row(OptionalInt uid, OptionalInt port) {}

    Optional<Row> find(DeploymentId id) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT uid, port FROM process_allocation WHERE deployment_id = :id")
                .bind("id", id)
                .map((row, context) -> new Row(
                        optional(row.getObject("uid", Integer.class)), optional(row.getObject("port", Integer.class))))
                .findOne());
    }

    /// Also those of retired Deployments: files of theirs lie in the trash.
    Set<Integer> uids() {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT uid FROM process_allocation WHERE uid IS NOT NULL")
                .mapTo(Integer.class)
                .set());
    }

    /// How many Deployments besides this one run here.
    int others(DeploymentId id) {
        String count = "SELECT count(*) FROM process_allocation WHERE deployment_id <> :id AND retired_at IS NULL";
        return jdbi.withHandle(handle ->
                handle.createQuery(count).bind("id", id).mapTo(Integer.class).one());
    }

    /// False if another Deployment was given one of the numbers in the meantime.
    boolean save(DeploymentId id, ProcessAllocation allocation) {
        String save = """
                INSERT INTO process_allocation (deployment_id, uid, port)
                SELECT :id, :uid, :port
                WHERE NOT EXISTS (
                    SELECT 1 FROM process_allocation
                    WHERE deployment_id <> :id AND (uid = :uid OR port = :port))
                ON CONFLICT (deployment_id) DO UPDATE SET uid = :uid, port = :port, retired_at = NULL
                """;
        return jdbi.withHandle(handle -> handle.createUpdate(save)
                        .bind("id", id)
                        .bindByType("uid", boxed(allocation.uid()), Integer.class)
                        .bind("port", allocation.port())
                        .execute())
                == 1;
    }

    void retire(DeploymentId id, Instant now) {
        String retire = """
                UPDATE process_allocation SET retired_at = :now, port = NULL
                WHERE deployment_id = :id AND retired_at IS NULL
                """;
        jdbi.useHandle(handle ->
                handle.createUpdate(retire).bind("id", id).bind("now", now).execute());
    }

    private static OptionalInt optional(@Nullable Integer number) {
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }

    private static @Nullable Integer boxed(OptionalInt number) {
        return number.isPresent() ? number.getAsInt() : null;
    }
}
