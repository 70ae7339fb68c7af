package io.headgate.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.deployment.BundleVersion;
import io.headgate.host.FileTree;
import io.headgate.host.ProcessIdentity;
import io.headgate.host.ProcessTable;
import io.headgate.host.RunAs;
import io.headgate.host.Signal;
import io.headgate.runtime.AirflowRuntime;
import io.headgate.runtime.AirflowRuntimeContract;
import io.headgate.testing.Eventually;
import io.headgate.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Real Airflow as processes of this host, under a user of its own when the tests run as root.
@Tag("airflow")
final class ProcessRuntimeContractTest extends AirflowRuntimeContract {
    private final TestDatabase database = TestDatabase.create();
    private final Path data = dataFolder();

    @AfterAll
    void removeEverything() throws IOException {
        database.close();
        FileTree.delete(data);
    }

    @BeforeAll
    void anyLeftoverOfOthersIsNotOurs() {
        assertThat(everythingRunning()).isEmpty();
    }

    @Test
    @Order(13)
    void versionsOfGoingRunsAreThoseOfRunsThatHaveNotEnded() throws Exception {
        String run = trigger();
        await("its task waits", () -> state(run).contains("\"running\""));
        int port = Objects.requireNonNull(upstream.get()).getPort();
        String version = desired.code().orElseThrow().version().folderName();

        try (AirflowApi api = new AirflowApi(Clock.systemUTC())) {
            assertThat(api.versionsOfGoingRuns(desired, port)).contains(Set.of(version));
            letPass(run);
            await("no run goes any more", () -> going(api, port).equals(Optional.of(Set.of())));
        }
    }

    private Optional<Set<String>> going(AirflowApi api, int port) {
        try {
            return api.versionsOfGoingRuns(desired, port);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    @Order(100)
    void filesRestInTheTrashAndTheDatabaseUnderAnotherName() throws IOException {
        assertThat(data.resolve("deployments/" + desired.id())).doesNotExist();
        try (Stream<Path> trash = Files.list(data.resolve("trash"))) {
            assertThat(trash).singleElement().satisfies(folder -> {
                assertThat(folder.getFileName().toString()).startsWith(desired.id() + "-");
                assertThat(folder.resolve("code/versions/first/dags/hello_headgate.py"))
                        .exists();
            });
        }
        List<String> databases = database.database()
                .jdbi()
                .withHandle(handle -> handle.createQuery("SELECT datname FROM pg_database")
                        .mapTo(String.class)
                        .list());
        assertThat(databases)
                .doesNotContain("dep_" + desired.id())
                .anyMatch(name -> name.startsWith("trash_" + desired.id()));
    }

    @Override
    protected AirflowRuntime anotherInstance() {
        return new ProcessRuntime(
                new ProcessRuntimeSettings(
                        data,
                        TestDatabase.cache(),
                        Optional.empty(),
                        RunAs.weAreRoot(),
                        58_500,
                        10,
                        false,
                        Duration.ofSeconds(30),
                        Duration.ofHours(1),
                        RunningLimits.standard(),
                        System.getenv(),
                        Optional.empty()),
                database.database(),
                Clock.systemUTC());
    }

    @Override
    protected void kill(String component) {
        ProcessIdentity process = process(component).orElseThrow();
        Signal.KILL.send(process);
        try {
            Eventually.holds(component + " is dead", () -> !process.alive());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    protected Set<String> identities() {
        return Stream.of(Component.values())
                .flatMap(component -> process(component.label()).map(process -> component.label() + process).stream())
                .collect(Collectors.toSet());
    }

    @Override
    protected Set<String> outgoing() {
        OutgoingProcesses outgoing = new OutgoingProcesses(folder().run(), Clock.systemUTC());
        outgoing.adopt(process -> true);
        return outgoing.alive().stream()
                .map(old -> old.component().label() + old.process())
                .collect(Collectors.toSet());
    }

    @Override
    protected void deliver(BundleVersion version, Map<String, String> files) {
        Path root = folder().versions().resolve(version.folderName());
        try {
            for (Map.Entry<String, String> file : files.entrySet()) {
                Path path = root.resolve(file.getKey());
                Files.createDirectories(path.resolveSibling("."));
                Files.writeString(path, file.getValue());
            }
            if (RunAs.weAreRoot()) {
                new RunAs.UserId((Integer) Files.getAttribute(folder().home(), "unix:uid")).letRead(root);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected void letPass(String run) {
        try {
            Files.createFile(folder().home().resolve("pass-" + run));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private DeploymentFolder folder() {
        return new DeploymentFolder(data.resolve("deployments/" + desired.id()));
    }

    @Override
    protected Set<String> startedBy(String component) {
        ProcessIdentity leader = process(component).orElseThrow();
        return ProcessTable.now().family(Set.of(leader.session())).stream()
                .filter(process -> !process.equals(leader))
                .map(ProcessIdentity::toString)
                .collect(Collectors.toSet());
    }

    @Override
    protected Set<String> everythingRunning() {
        Marker marker = new Marker(Instance.of(data, new SecureRandom()), desired.id());
        Set<String> running = new HashSet<>();
        ProcessTable.now().all().stream().filter(marker::isOn).forEach(process -> running.add(process.toString()));
        return running;
    }

    private Optional<ProcessIdentity> process(String component) {
        return ComponentRecord.read(data.resolve("deployments/" + desired.id() + "/run/" + component + ".json"))
                .map(ComponentRecord::process)
                .filter(ProcessIdentity::alive);
    }

    private static Path dataFolder() {
        try {
            Path folder = Files.createTempDirectory("headgate-test-runtime-");
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
