package io.headgate.runtime.process;

import io.headgate.host.ProcessIdentity;
import io.headgate.host.ProcessTable;
import io.headgate.host.Signal;
import io.headgate.kernel.FailPoint;
import io.headgate.storage.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The processes of a Deployment that others are taking over from, remembered in files across our own death.
///
/// Several generations may be on their way out at once: tasks may take a day to finish.
final class OutgoingProcesses {
    private static final Duration KILL_LIMIT = Duration.ofSeconds(10);

    private final Path folder;
    private final Clock clock;
    private final List<OutgoingProcess> all = new ArrayList<>();

    OutgoingProcesses(Path folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
    }

    /// Takes over those that an earlier Headgate remembered, still live and are ours.
    void adopt(Predicate<ProcessIdentity> ours) {
        all.clear();
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, OutgoingProcess.FILE_PREFIX + "*.json")) {
            for (Path file : files) {
                OutgoingProcess.parse(Files.readString(file))
                        .filter(process -> process.process().alive() && ours.test(process.process()))
                        .ifPresentOrElse(all::add, () -> delete(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + folder, e);
        }
    }

    /// Remembers a running component as one that goes. It is to be forgotten as a current one after this.
    void take(Component component, ComponentRecord record) {
        OutgoingProcess process = new OutgoingProcess(component, record, Optional.empty());
        PrivateFiles.write(process.file(folder), process.text());
        FailPoint.HAND_OVER_REMEMBERED.pass();
        all.add(process);
    }

    boolean contains(ComponentRecord record) {
        return all.stream().anyMatch(process -> process.process().equals(record.process()));
    }

    List<OutgoingProcess> alive() {
        return all.stream().filter(process -> process.process().alive()).toList();
    }

    Stream<OutgoingProcess> alive(Component component) {
        return alive().stream().filter(process -> process.component() == component);
    }

    /// Forgets those that have ended; whether there were any, who may have left something behind.
    boolean buryDead() {
        List<OutgoingProcess> dead =
                all.stream().filter(process -> !process.process().alive()).toList();
        dead.forEach(process -> delete(process.file(folder)));
        all.removeAll(dead);
        return !dead.isEmpty();
    }

    /// Asks it to stop, once. Told before it is written down: a second asking does nothing, none would leave it there.
    void tell(OutgoingProcess process) {
        if (process.toldAt().isEmpty()) {
            Signal.TERMINATE.sendToGroup(process.process().session());
            FailPoint.HAND_OVER_TOLD.pass();
            OutgoingProcess told = process.toldAt(clock.instant());
            PrivateFiles.write(told.file(folder), told.text());
            all.replaceAll(each -> each.equals(process) ? told : each);
        }
    }

    /// Ends it with all that it started, however busy it is.
    static void kill(OutgoingProcess process) throws InterruptedException {
        Set<Long> session = Set.of(process.process().session());
        if (!Signal.killUntilGone(KILL_LIMIT, () -> ProcessTable.now().family(session))) {
            throw new RuntimeTrouble("the old " + process.component().label() + ", pid "
                    + process.process().pid() + ", cannot be killed");
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + file, e);
        }
    }
}
