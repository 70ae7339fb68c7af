package io.headgate.storage;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/// The only way to a transaction: all of it is committed when the work returns, none of it when it throws.
public final class Transactions {
    private final Jdbi jdbi;

    public Transactions(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /// A database that cannot be reached is a 503 to whoever asked.
    public <T> T inTransaction(Function<Transaction, T> work) {
        AtomicReference<Transaction> current = new AtomicReference<>();
        try {
            return jdbi.inTransaction(handle -> {
                Transaction transaction = new Transaction(handle);
                current.set(transaction);
                return work.apply(transaction);
            });
        } catch (JdbiException e) {
            throw DatabaseLoss.in(e).<RuntimeException>map(loss -> loss).orElse(e);
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
