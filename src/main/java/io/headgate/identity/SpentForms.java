package io.headgate.identity;

import io.headgate.storage.Transactions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;

/// Lets a form do its work once, however often it is sent: after *back*, *reload*, a double click, or a restart.
public final class SpentForms {
    private static final int NONCE_BYTES = 16;

    /// Longer than any session lives, so that no form outlives the memory of it.
    private static final Duration REMEMBERED = Session.LIFETIME.plusDays(1);

    private final Transactions transactions;
    private final Clock clock;
    private final SecureRandom random;
    private final SpentFormStore store = new SpentFormStore();

    public SpentForms(Transactions transactions, Clock clock, SecureRandom random) {
        this.transactions = transactions;
        this.clock = clock;
        this.random = random;
    }

    /// What a fresh form carries.
    public String nonce() {
        byte[] bytes = new byte[NONCE_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /// Whether this is the first time that a form is sent.
    public boolean spend(String nonce) {
        return transactions.inTransaction(tx -> store.insert(tx, nonce, clock.instant()));
    }

    /// Forgets forms that nobody can send any more; called now and then.
    public void forgetOld() {
        transactions.useTransaction(tx -> store.deleteBefore(tx, clock.instant().minus(REMEMBERED)));
    }
}
