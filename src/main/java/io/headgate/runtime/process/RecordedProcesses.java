package io.headgate.runtime.process;

import io.headgate.host.ProcessIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

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

    private static void read(Path file, Map<ProcessIdentity, Component> found) throws IOException {
        try {
            OutgoingProcess.parse(Files.readString(file)).ifPresent(old -> found.put(old.process(), old.component()));
        } catch (NoSuchFileException e) {
            return; // it ended meanwhile
        }
    }
}
