package io.headgate.runtime.process;

import io.headgate.host.RunAs;
import io.headgate.kernel.DeploymentId;
import io.headgate.storage.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/// The files of one Deployment.
///
/// Its user owns what Airflow writes (`home`, `logs/airflow`, `bundles`), may read its code, and can change nothing
/// else: the folders above belong to us. Were they its own, it could put links where we write as root.
record DeploymentFolder(Path root) {
    private static final FileAttribute<Set<PosixFilePermission>> OURS_ALONE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    /// Whose they are.
    DeploymentId deployment() {
        return new DeploymentId(String.valueOf(root.getFileName()));
    }

    /// What the bundle class reads: `versions/<v>`, `current`, `empty/`.
    Path code() {
        return root.resolve("code");
    }

    Path versions() {
        return code().resolve("versions");
    }

    /// A file with the name of the version that runs.
    Path current() {
        return code().resolve("current");
    }

    /// Archives being unpacked and validated; beside the versions, so that a rename makes them one.
    Path staging() {
        return root.resolve("staging");
    }

    /// Where validation and the building of packages keep what they need only meanwhile.
    Path scratch() {
        return root.resolve("scratch");
    }

    /// Python environments that hold packages built from source, so that no other Deployment may run them.
    Path venvs() {
        return root.resolve("venvs");
    }

    Path home() {
        return root.resolve("home");
    }

    /// Logs of tasks and of parsing, written by Airflow.
    Path airflowLogs() {
        return root.resolve("logs/airflow");
    }

    /// What the processes print, written by us.
    Path componentLogs() {
        return root.resolve("logs/components");
    }

    Path bundles() {
        return root.resolve("bundles");
    }

    /// An empty folder for Airflow's setting that wants one.
    Path noDags() {
        return root.resolve("nodags");
    }

    /// What we remember about processes and steps done; nobody else reads it.
    Path run() {
        return root.resolve("run");
    }

    /// Exists once this Airflow has been healthy.
    Path createdMark() {
        return run().resolve("created");
    }

    /// Makes what is missing and gives it to the user. Nothing of the Deployment may be running when ownership changes
    /// hands: its user could swap a folder for a link meanwhile.
    void prepare(RunAs user) {
        try {
            makeParent();
            for (Path folder :
                    List.of(root, root.resolve("logs"), code(), versions(), code().resolve("empty"), noDags())) {
                make(folder);
            }
            PrivateFiles.folder(run());
            PrivateFiles.folder(componentLogs());
            for (Path folder : List.of(home(), airflowLogs(), bundles())) {
                if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                    PrivateFiles.folder(folder);
                }
                if (!user.owns(folder)) {
                    user.own(folder);
                }
            }
            user.letPass(root);
            user.letPass(root.resolve("logs"));
            user.letRead(code());
            user.letRead(noDags());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the folders of a Deployment in " + root, e);
        }
    }

    /// Makes what a deploy needs, which may come before the first process; the folders are closed to all others.
    void prepareForCode() {
        try {
            makeParent();
            make(root);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the folder of a Deployment, " + root, e);
        }
        prepareForDeploy();
    }

    /// The same where the Deployment's folder must be there: one that is put away meanwhile does not come back.
    void prepareForDeploy() {
        try {
            for (Path folder : List.of(code(), versions(), staging(), scratch())) {
                make(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the folders of a Deployment in " + root, e);
        }
    }

    /// Lets the user reach what it is given below.
    void letReachCode(RunAs user) {
        List.of(root, code(), versions(), staging(), scratch()).forEach(user::letPass);
    }

    private void makeParent() throws IOException {
        Path parent = root.resolveSibling(".").normalize();
        if (!Files.isDirectory(parent)) {
            Files.createDirectories(parent);
            Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwx--x--x"));
        }
    }

    /// A pass of the runtime and a deploy may make the same folder at once.
    private static void make(Path folder) throws IOException {
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectory(folder, OURS_ALONE);
            }
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder)) {
                throw e;
            }
        }
    }
}
