package io.headgate.launch;

import io.headgate.storage.Transaction;
import java.time.Instant;
import java.util.Optional;

/// SQL of the one row that describes this installation.
final class InstallationStore {
    private static final String FIND = "SELECT id, bootstrapped_at IS NOT NULL AS bootstrapped FROM installation";

    private static final String INSERT =
            "INSERT INTO installation (id, created_at) VALUES (:id, :now) ON CONFLICT DO NOTHING";

    private static final String BOOTSTRAPPED = "UPDATE installation SET bootstrapped_at = :now";

    record Installation(String id, boolean bootstrapped) {}

    Optional<Installation> find(Transaction transaction) {
        return transaction
                .handle()
                .createQuery(FIND)
                .map((row, _) -> new Installation(row.getString("id"), row.getBoolean("bootstrapped")))
                .findOne();
    }

    void insert(Transaction transaction, String id, Instant now) {
        transaction
                .handle()
                .createUpdate(INSERT)
                .bind("id", id)
                .bind("now", now)
                .execute();
    }

    void bootstrapped(Transaction transaction, Instant now) {
        transaction.handle().createUpdate(BOOTSTRAPPED).bind("now", now).execute();
    }
}
