package io.headgate.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.deployment.DesiredAirflow;
import io.headgate.deployment.PythonLock;
import io.headgate.deployment.PythonPackages;
import io.headgate.deployment.PythonPackages.Resolution;
import io.headgate.host.ChildProcess;
import io.headgate.host.FileTree;
import io.headgate.host.RunAs;
import io.headgate.kernel.SecretText;
import io.headgate.testing.TestDatabase;
import io.headgate.testing.TestingClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Packages from the real index, beside the real Airflow.
@Tag("airflow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ProcessPythonPackagesTest {
    /// Pure wheels that nothing else needs.
    private static final String WHEEL = "cowsay==6.1";

    /// It was never built into a wheel by those who made it.
    private static final String SOURCE = "docopt==0.6.2";

    private final TestHost host = new TestHost();
    private final ProcessRuntime runtime = host.runtime();
    private final PythonPackages packages = runtime.pythonPackages();
    private final DesiredAirflow one = TestHost.desired(7201);
    private final DesiredAirflow two = TestHost.desired(7202);

    @AfterAll
    void clean() throws Exception {
        runtime.close();
        host.close();
    }

    @Test
    void aWheelBecomesImportableAndIsSharedAndTheBaseStaysAsItIs() throws Exception {
        PythonLock lock = resolved(packages.resolve(one, "# for fun\n" + WHEEL + "  # moo\n"));
        assertThat(lock.wheelsOnly()).isTrue();
        assertThat(lock.lock()).contains("cowsay==6.1").contains("--hash=sha256:");

        AirflowInstallation base = runtime.installation(one, Optional.empty());
        AirflowInstallation first = runtime.installation(one, Optional.of(lock));
        AirflowInstallation second = runtime.installation(two, Optional.of(lock));

        assertThat(imports(first, "cowsay", one)).isZero();
        assertThat(imports(first, "pendulum", one)).isZero();
        assertThat(imports(base, "pendulum", one)).as("control").isZero();
        assertThat(imports(base, "cowsay", one)).isNotZero();
        assertThat(second).isEqualTo(first);
        assertThat(first.key()).isNotEqualTo(base.key());
        assertThat(first.airflow()).as("no tables change with packages").isEqualTo(base.airflow());
        if (RunAs.weAreRoot()) {
            assertThat(writes(first.venv().resolve("lib"), one)).isNotZero();
        }
    }

    @Test
    void aConflictWithAirflowIsRefusedInTheResolversWords() throws Exception {
        assertThat(packages.resolve(one, "pendulum==2.1.2"))
                .isInstanceOfSatisfying(
                        Resolution.Refused.class,
                        refused -> assertThat(refused.words())
                                .contains("pendulum==2.1.2 and pendulum==3", "unsatisfiable"));
        assertThat(packages.resolve(one, "no-such-package-anywhere-1"))
                .isInstanceOfSatisfying(
                        Resolution.Refused.class,
                        refused -> assertThat(refused.words()).contains("not found in the package registry"));
        assertThat(packages.resolve(one, "-r /etc/passwd"))
                .isInstanceOfSatisfying(
                        Resolution.Refused.class,
                        refused -> assertThat(refused.words()).startsWith("line 1: '-r /etc/passwd' is not allowed"));
        PythonLock nothing = resolved(packages.resolve(one, "# nothing\n\n"));
        assertThat(runtime.installation(one, Optional.of(nothing)))
                .as("control: what asks for nothing is fine")
                .isEqualTo(runtime.installation(one, Optional.empty()));
    }

    @Test
    void whatIsBuiltFromSourceBelongsToItsDeploymentAlone() throws Exception {
        PythonLock lock = resolved(packages.resolve(one, SOURCE));
        assertThat(lock.wheelsOnly()).isFalse();

        AirflowInstallation mine = runtime.installation(one, Optional.of(lock));

        assertThat(mine.venv()).startsWithRaw(host.folder(one).root());
        assertThat(imports(mine, "docopt", one)).isZero();
        assertThat(imports(mine, "pendulum", one)).isZero();
        assertThat(list(host.folder(one).scratch())).isEmpty();
        if (RunAs.weAreRoot()) {
            host.folder(two).prepareForCode();
            runtime.codeHost().stage(two.id(), new io.headgate.kernel.DeployId("cdeploy000000000000000001"));
            assertThat(imports(mine, "docopt", two)).as("another user").isNotZero();
            assertThat(Files.getAttribute(mine.venv(), "unix:uid")).isNotEqualTo(0);
            assertThat(writes(mine.venv(), one))
                    .as("control: it may write its own")
                    .isZero();
            assertThat(writes(TestDatabase.cache().resolve("airflow"), one)).isNotZero();
            assertThat(writes(TestDatabase.cache().resolve("uv-cache"), one)).isNotZero();
        }
    }

    @Test
    void credentialsOfTheIndexAreNotInItsWords() throws Exception {
        PythonPackages closed = host.runtime(Optional.of(new SecretText("http://ada:lovelace-1815@127.0.0.1:9/simple")))
                .pythonPackages();

        assertThat(closed.resolve(one, "some-package-that-is-not-cached==1"))
                .isInstanceOfSatisfying(
                        Resolution.Refused.class,
                        refused -> assertThat(refused.words())
                                .contains("127.0.0.1:9/simple")
                                .doesNotContain("lovelace"));
    }

    /// In a cache of its own: what it throws away may be anybody's.
    @Test
    void environmentsThatNobodyWantsAreThrownAwayAfterADay() throws Exception {
        Path cache = ownCache();
        Instant now = Clock.systemUTC().instant();
        TestingClock later = new TestingClock(now.plus(Duration.ofHours(25)));
        try (TestHost present = new TestHost(cache, new TestingClock(now));
                ProcessRuntime these = present.runtime();
                TestHost future = new TestHost(cache, later);
                ProcessRuntime those = future.runtime()) {
            PythonLock lock = resolved(these.pythonPackages().resolve(one, "pyjokes==0.8.3"));
            Path venv = these.installation(one, Optional.of(lock)).venv();
            assertThat(venv).startsWithRaw(cache);
            Path half = Files.createDirectory(cache.resolve("airflow/half-of-somebody-killed"));

            these.throwAwayAllBut(List.of());
            assertThat(venv).as("it was used just now").exists();
            assertThat(half).doesNotExist();
            those.throwAwayAllBut(List.of(TestHost.withPackages(one, lock)));
            assertThat(venv).as("it is wanted").exists();

            those.throwAwayAllBut(List.of());

            assertThat(venv).doesNotExist();
            assertThat(these.installation(one, Optional.empty()).venv()).exists();
            assertThat(these.installation(one, Optional.of(lock)).venv())
                    .as("whoever wants it again gets it again")
                    .exists();
        } finally {
            FileTree.delete(cache);
        }
    }

    /// Airflow as it is installed already, by hard links.
    private Path ownCache() throws Exception {
        Path shared = TestDatabase.cache();
        Path airflow = runtime.installation(one, Optional.empty()).venv();
        Path cache = Files.createTempDirectory(shared, "test-packages-");
        Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createDirectory(cache.resolve("airflow"));
        for (String used : List.of("uv", "uv-cache")) {
            if (Files.exists(shared.resolve(used))) {
                Files.createSymbolicLink(cache.resolve(used), shared.resolve(used));
            }
        }
        Process copy = new ProcessBuilder(
                        "cp",
                        "-al",
                        airflow.toString(),
                        cache.resolve("airflow").resolve(airflow.getFileName()).toString())
                .inheritIO()
                .start();
        assertThat(copy.waitFor()).isZero();
        return cache;
    }

    private static PythonLock resolved(Resolution resolution) {
        assertThat(resolution).isInstanceOf(Resolution.Resolved.class);
        return ((Resolution.Resolved) resolution).lock();
    }

    private int imports(AirflowInstallation installation, String module, DesiredAirflow as) throws Exception {
        return run(as, installation.python().toString(), "-I", "-c", "import " + module);
    }

    private int writes(Path folder, DesiredAirflow as) throws Exception {
        return run(as, "sh", "-c", "touch \"$0/headgate-test\" && rm \"$0/headgate-test\"", folder.toString());
    }

    private int run(DesiredAirflow as, String... command) throws Exception {
        Path output = Files.createTempFile("headgate-test-", ".log");
        try {
            return new ChildProcess(
                            List.of(command),
                            runtime.user(as.id()),
                            Map.of("PATH", "/usr/bin:/bin"),
                            Path.of("/"),
                            output)
                    .run(Duration.ofMinutes(1));
        } finally {
            Files.delete(output);
        }
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
