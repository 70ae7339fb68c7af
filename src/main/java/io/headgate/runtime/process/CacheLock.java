package io.headgate.runtime.process;

import io.headgate.host.Wait;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Lets one thread of one Headgate at a time change the cache, which several may share; it ends with its holder.
final class CacheLock implements AutoCloseable {
    /// The other one may be installing over a slow line.
    private static final Duration LIMIT = Duration.ofMinutes(30);

    private final FileChannel channel;

    private CacheLock(FileChannel channel) {
        this.channel = channel;
    }

    static CacheLock of(Path file) throws InterruptedException {
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            AtomicReference<@Nullable FileLock> lock = new AtomicReference<>();
            boolean taken = false;
            try {
                taken = Wait.until(LIMIT, () -> {
                    lock.set(attempt(channel));
                    return lock.get() != null;
                });
            } finally {
                if (!taken) {
                    channel.close();
                }
            }
            if (!taken) {
                throw new RuntimeTrouble("another Headgate has been installing into " + file.getParent() + " for "
                        + LIMIT.toMinutes() + " minutes; end it, or give this one a cache folder of its own");
            }
            return new CacheLock(channel);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot lock " + file, e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable FileLock attempt(FileChannel channel) {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // another thread of ours has it
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
