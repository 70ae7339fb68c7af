package io.headgate.runtime.process;

import io.headgate.host.ProcessIdentity;
import io.headgate.host.UserProcesses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// The components of a Deployment, current and outgoing, as its files tell: for those who look from beside a pass.
record RecordedProcesses(Map<ProcessIdentity, Component> components) {
    RecordedProcesses {
        components = Map.copyOf(components);
    }

    static RecordedProcesses of(DeploymentFolder folder) {
        Map<ProcessIdentity, Component> found = new HashMap<>();
        if (!Files.isDirectory(folder.run())) {
            return new RecordedProcesses(found);
        }
        for (Component component : Component.values()) {
            ComponentRecord.read(ComponentRecord.file(folder.run(), component))
                    .ifPresent(record -> found.put(record.process(), component));
        }
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(folder.run(), OutgoingProcess.FILE_PREFIX + "*.json")) {
            for (Path file : files) {
                read(file, found);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + folder.run(), e);
        }
        return new RecordedProcesses(found);
    }

    /// These, and what a scheduler and an api-server start by themselves: workers, whose children are tasks. The
    /// children of the others run people's code.
    Set<ProcessIdentity> withWorkers(UserProcesses running) {
        Set<Long> parents = new HashSet<>();
        components.forEach((process, component) -> {
            if (component == Component.SCHEDULER || component == Component.API_SERVER) {
                parents.add(process.pid());
            }
        });
        return running.members().stream()
                .filter(member -> components.containsKey(member.identity()) || parents.contains(member.parent()))
                .map(UserProcesses.Member::identity)
                .collect(Collectors.toSet());
    }

    private static void read(Path file, Map<ProcessIdentity, Component> found) throws IOException {
        try {
            OutgoingProcess.parse(Files.readString(file)).ifPresent(old -> found.put(old.process(), old.component()));
        } catch (NoSuchFileException e) {
            return; // it ended meanwhile
        }
    }
}
