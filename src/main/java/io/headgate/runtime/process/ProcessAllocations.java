package io.headgate.runtime.process;

import io.headgate.host.FreePorts;
import io.headgate.host.ProcessTable;
import io.headgate.kernel.DeploymentId;
import java.time.Clock;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;

/// Gives each Deployment a user id of its own and a port, and keeps both.
final class ProcessAllocations {
    private static final int ATTEMPTS_MAX = 20;

    private final ProcessAllocationStore store;
    private final ProcessRuntimeSettings settings;
    private final Clock clock;

    /// Two Deployments choosing at once would choose the same.
    private final ReentrantLock choosing = new ReentrantLock();

    ProcessAllocations(ProcessAllocationStore store, ProcessRuntimeSettings settings, Clock clock) {
        this.store = store;
        this.clock = clock;
        this.settings = settings;
    }

    /// What it holds, chosen now if it holds nothing yet.
    ProcessAllocation of(DeploymentId id) {
        choosing.lock();
        try {
            Optional<ProcessAllocationStore.Row> row = store.find(id);
            OptionalInt uid = row.flatMap(found -> boxed(found.uid()))
                    .map(OptionalInt::of)
                    .orElseGet(this::freshUid);
            OptionalInt port = row.map(ProcessAllocationStore.Row::port).orElse(OptionalInt.empty());
            if (port.isEmpty() && !settings.root() && !settings.sharedUserAllowed() && store.others(id) > 0) {
                throw new RuntimeTrouble("Headgate is not root, so all Deployments would run under one user and could"
                        + " read each other's secrets; run it as root, or allow it with --allow-shared-user");
            }
            OptionalInt wantedUid = settings.root() ? uid : OptionalInt.empty();
            if (port.isPresent() && row.get().uid().equals(wantedUid)) {
                return new ProcessAllocation(wantedUid, port.getAsInt());
            }
            return port.isPresent()
                    ? saved(id, new ProcessAllocation(wantedUid, port.getAsInt()))
                    : withFreshPort(id, wantedUid);
        } finally {
            choosing.unlock();
        }
    }

    /// Another port, because a stranger listens on this one.
    ProcessAllocation changePort(DeploymentId id, ProcessAllocation allocation) {
        choosing.lock();
        try {
            return withFreshPort(id, allocation.uid());
        } finally {
            choosing.unlock();
        }
    }

    void retire(DeploymentId id) {
        store.retire(id, clock.instant());
    }

    private ProcessAllocation withFreshPort(DeploymentId id, OptionalInt uid) {
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            ProcessAllocation allocation = new ProcessAllocation(uid, FreePorts.lasting());
            if (store.save(id, allocation)) {
                return allocation;
            }
        }
        throw new RuntimeTrouble("no free port was found for the api-server; see `ss -ltn` for what listens here");
    }

    private ProcessAllocation saved(DeploymentId id, ProcessAllocation allocation) {
        if (!store.save(id, allocation)) {
            throw new IllegalStateException("user " + allocation.uid() + " was given away meanwhile");
        }
        return allocation;
    }

    /// The lowest of the range that no Deployment ever had and nobody uses: another Headgate may share the range.
    private OptionalInt freshUid() {
        if (!settings.root()) {
            return OptionalInt.empty();
        }
        Set<Integer> taken = new HashSet<>(store.uids());
        ProcessTable.now().all().forEach(process -> process.uid().ifPresent(taken::add));
        OptionalInt free = IntStream.range(settings.firstUid(), settings.firstUid() + settings.uidCount())
                .filter(uid -> !taken.contains(uid))
                .findFirst();
        if (free.isEmpty()) {
            throw new RuntimeTrouble("all " + settings.uidCount() + " user ids for Deployments are taken;"
                    + " raise runtime.process.uid-count");
        }
        return free;
    }

    private static Optional<Integer> boxed(OptionalInt number) {
        return number.isPresent() ? Optional.of(number.getAsInt()) : Optional.empty();
    }
}
