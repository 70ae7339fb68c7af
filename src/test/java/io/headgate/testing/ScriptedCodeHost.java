package io.headgate.testing;

import io.headgate.deploy.CodeHost;
import io.headgate.deploy.Findings;
import io.headgate.deployment.BundleVersion;
import io.headgate.deployment.DesiredAirflow;
import io.headgate.deployment.PythonLock;
import io.headgate.host.FileTree;
import io.headgate.kernel.DeployId;
import io.headgate.kernel.DeploymentId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Keeps code in a folder and judges it by words in it: a file is a DAG, one with `broken` does not import, one with
/// `doubtful` is warned of.
public final class ScriptedCodeHost implements CodeHost {
    private final Path root;
    private final Semaphore gate = new Semaphore(0);
    private final AtomicInteger faults = new AtomicInteger();
    private final AtomicReference<Optional<Set<String>>> needed = new AtomicReference<>(Optional.of(Set.of()));
    private volatile boolean held;

    ScriptedCodeHost(Path root) {
        this.root = root;
    }

    /// From now on every validation waits for a {@link #letOneGo}.
    public void hold() {
        held = true;
    }

    public void letOneGo() {
        gate.release();
    }

    public void letAllGo() {
        held = false;
        gate.release(1000);
    }

    /// So many of the next calls fail as a full disk would.
    public void failNext(int times) {
        faults.set(times);
    }

    public void runsNeed(Optional<Set<String>> folderNames) {
        needed.set(folderNames);
    }

    @Override
    public Path stage(DeploymentId id, DeployId deploy) {
        if (faults.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new UncheckedIOException(new IOException("planted"));
        }
        Path stage = root.resolve(id.value()).resolve("staging").resolve(deploy.value());
        try {
            FileTree.delete(stage);
            return Files.createDirectories(stage);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Findings validate(DesiredAirflow airflow, Path staged, Optional<PythonLock> python)
            throws InterruptedException {
        if (held) {
            gate.acquire();
        }
        List<String> dags = new ArrayList<>();
        List<Findings.Finding> errors = new ArrayList<>();
        List<Findings.Finding> warnings = new ArrayList<>();
        for (Path file : files(staged)) {
            String name = staged.relativize(file).toString();
            if (!name.endsWith(".py")) {
                continue;
            }
            String text = read(file);
            if (text.contains("broken")) {
                errors.add(new Findings.Finding(name, OptionalInt.of(3), "invalid syntax"));
                continue;
            }
            dags.add(file.getFileName().toString().replace(".py", ""));
            if (text.contains("doubtful")) {
                warnings.add(new Findings.Finding(name, OptionalInt.empty(), "Variable x is missing"));
            }
        }
        return new Findings(dags, errors, warnings);
    }

    @Override
    public void keep(DeploymentId id, BundleVersion version, Path staged) {
        Path kept = version(id, version);
        try {
            Files.createDirectories(kept.resolveSibling("."));
            if (Files.exists(kept)) {
                FileTree.delete(staged);
            } else {
                Files.move(staged, kept);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Path version(DeploymentId id, BundleVersion version) {
        return root.resolve(id.value()).resolve("versions").resolve(version.folderName());
    }

    @Override
    public Set<String> kept(DeploymentId id) {
        return names(root.resolve(id.value()).resolve("versions"));
    }

    @Override
    public Optional<Set<String>> neededByRuns(DesiredAirflow airflow) {
        return needed.get();
    }

    @Override
    public void discard(DeploymentId id, String folderName) {
        delete(root.resolve(id.value()).resolve("versions").resolve(folderName));
    }

    @Override
    public void clearStages(DeploymentId id, Supplier<Set<DeployId>> underWay) {
        Path stages = root.resolve(id.value()).resolve("staging");
        List<String> staged = List.copyOf(names(stages));
        Set<DeployId> going = underWay.get();
        staged.stream()
                .filter(name -> !going.contains(new DeployId(name)))
                .forEach(name -> delete(stages.resolve(name)));
    }

    private static void delete(Path folder) {
        try {
            FileTree.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> names(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Set.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString()).collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> entries = Files.walk(folder)) {
            return entries.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
