package io.headgate.storage;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Jdbi;

/// The only way to a transaction: all of it is committed when the work returns, none of it when it throws.
public final class Transactions {
    private final Jdbi jdbi;

    public Transactions(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    public <T> T inTransaction(Function<Transaction, T> work) {
        AtomicReference<Transaction> current = new AtomicReference<>();
        try {
            return jdbi.inTransaction(handle -> {
                Transaction transaction = new Transaction(handle);
                current.set(transaction);
                return work.apply(transaction);
            });
        } finally {
            Transaction transaction = current.get();
            if (transaction != null) {
                transaction.over();
            }
        }
    }

    public void useTransaction(Consumer<Transaction> work) {
        inTransaction(transaction -> {
            work.accept(transaction);
            return Boolean.TRUE;
        });
    }
}
