package io.headgate.identity;

import io.headgate.storage.Transaction;
import java.time.Instant;

/// SQL of forms that were sent.
final class SpentFormStore {
    /// Whether it was not there before.
    boolean insert(Transaction transaction, String nonce, Instant now) {
        return transaction
                        .handle()
                        .createUpdate("INSERT INTO spent_form (nonce, spent_at) VALUES (:nonce, :now)"
                                + " ON CONFLICT DO NOTHING")
                        .bind("nonce", nonce)
                        .bind("now", now)
                        .execute()
                > 0;
    }

    void deleteBefore(Transaction transaction, Instant time) {
        transaction
                .handle()
                .createUpdate("DELETE FROM spent_form WHERE spent_at < :time")
                .bind("time", time)
                .execute();
    }
}
