package io.headgate.runtime.process;

import io.headgate.host.FileTree;
import io.headgate.host.RunAs;
import io.headgate.storage.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// The code that a new Deployment starts with: one example DAG, as bundle version `first`.
final class FirstBundle {
    static final String VERSION = "first";

    private static final String DAG = "dags/hello_headgate.py";

    private FirstBundle() {}

    /// Puts it there, unless the Deployment has code already.
    static void unpackInto(DeploymentFolder folder, RunAs user) {
        if (Files.exists(folder.current())) {
            return;
        }
        Path version = folder.versions().resolve(VERSION);
        try {
            if (!Files.isDirectory(version)) {
                Path half = folder.versions().resolve(".first.half");
                FileTree.delete(half);
                Path dag = half.resolve(DAG);
                Files.createDirectories(dag.resolveSibling("."));
                Files.write(dag, AirflowPackage.resource("/airflow/first-bundle/" + DAG));
                user.letRead(half);
                Files.move(half, version, StandardCopyOption.ATOMIC_MOVE);
            }
            PrivateFiles.write(folder.current(), VERSION);
            user.letRead(folder.current());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the first bundle into " + folder.code(), e);
        }
    }
}
