package io.headgate.deploy;

import io.headgate.kernel.DeployId;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/// How many bytes one deploy's uploads may take on disk together, however many are received at once.
///
/// What lies there is counted once when the first reception begins; from then on until the last one ends each byte is
/// counted before it is written. What replaces something is counted beside it until then: the limit leaves room for
/// that.
final class UploadAllowance {
    private final long most;
    private final Map<DeployId, Tally> tallies = new HashMap<>();

    UploadAllowance(long most) {
        this.most = most;
    }

    private static final class Tally {
        private long bytes;
        private int receptions;
    }

    /// Begins a reception.
    ///
    /// @param lying bytes of that deploy on disk now
    Share begin(DeployId id, LongSupplier lying) {
        synchronized (tallies) {
            Tally tally = tallies.computeIfAbsent(id, _ -> {
                Tally fresh = new Tally();
                fresh.bytes = lying.getAsLong();
                return fresh;
            });
            tally.receptions++;
            return new Share(id, tally);
        }
    }

    /// What one reception writes; closing gives back what was not kept.
    final class Share implements AutoCloseable {
        private final DeployId id;
        private final Tally tally;
        private long taken;
        private boolean open = true;

        private Share(DeployId id, Tally tally) {
            this.id = id;
            this.tally = tally;
        }

        /// Asks for more bytes; 413 if they are not to be had.
        void take(long bytes) {
            synchronized (tallies) {
                if (tally.bytes + bytes > most) {
                    throw UploadProblems.tooMuch(most).asException();
                }
                tally.bytes += bytes;
                taken += bytes;
            }
        }

        /// The bytes stay on disk.
        void keep() {
            synchronized (tallies) {
                taken = 0;
            }
        }

        @Override
        public void close() {
            synchronized (tallies) {
                if (open) {
                    open = false;
                    tally.bytes -= taken;
                    tally.receptions--;
                    if (tally.receptions == 0) {
                        tallies.remove(id);
                    }
                }
            }
        }
    }
}
