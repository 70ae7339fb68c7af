package io.headgate.storage;

import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// One open transaction; a use case passes it to every store it calls, so that the audit row shares it visibly.
public final class Transaction {
    private final Handle handle;
    private final List<Runnable> afterwards = new ArrayList<>();

    Transaction(Handle handle) {
        this.handle = handle;
    }

    /// For `*Store` classes only.
    public Handle handle() {
        return handle;
    }

    /// Runs when the transaction is over, however it ended: also when nobody knows whether the commit arrived. So it
    /// must read again what is so, not assume what was meant.
    public void afterwards(Runnable action) {
        afterwards.add(action);
    }

    void over() {
        afterwards.forEach(Runnable::run);
    }
}
