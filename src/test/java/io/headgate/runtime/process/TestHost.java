package io.headgate.runtime.process;

import io.headgate.deployment.DesiredAirflow;
import io.headgate.deployment.PythonLock;
import io.headgate.deployment.variable.EnvironmentVariable;
import io.headgate.host.FileTree;
import io.headgate.host.RunAs;
import io.headgate.kernel.SecretText;
import io.headgate.testing.TestAirflow;
import io.headgate.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// A host of Deployments in a temporary folder, with users of its own when the tests run as root.
final class TestHost implements AutoCloseable {
    static final int FIRST_UID = 58_600;

    private final TestDatabase database = TestDatabase.create();
    private final Path data = dataFolder();
    private final Path cache;
    private final Clock clock;

    TestHost() {
        this(TestDatabase.cache(), Clock.systemUTC());
    }

    TestHost(Path cache, Clock clock) {
        this.cache = cache;
        this.clock = clock;
    }

    /// One more Headgate over the same files, as after a death.
    ProcessRuntime runtime() {
        return runtime(Optional.empty());
    }

    ProcessRuntime runtime(Optional<SecretText> pythonIndex) {
        return new ProcessRuntime(
                new ProcessRuntimeSettings(
                        data,
                        cache,
                        Optional.empty(),
                        RunAs.weAreRoot(),
                        FIRST_UID,
                        20,
                        true,
                        Duration.ofSeconds(30),
                        Duration.ofHours(1),
                        RunningLimits.standard(),
                        System.getenv(),
                        pythonIndex),
                database.database(),
                clock);
    }

    Path data() {
        return data;
    }

    DeploymentFolder folder(DesiredAirflow airflow) {
        return new DeploymentFolder(
                data.resolve("deployments").resolve(airflow.id().value()));
    }

    Instance instance() {
        return Instance.of(data, new SecureRandom());
    }

    static DesiredAirflow withPackages(DesiredAirflow plain, PythonLock python) {
        return changed(plain, Optional.of(python), plain.variables());
    }

    /// A Deployment with these variables: key, value and so on.
    static DesiredAirflow desired(int number, String... variables) {
        DesiredAirflow plain = TestAirflow.desired(number);
        List<EnvironmentVariable> all = IntStream.range(0, variables.length / 2)
                .mapToObj(i -> new EnvironmentVariable(
                        variables[2 * i],
                        new SecretText(variables[2 * i + 1]),
                        variables[2 * i].startsWith("SECRET_"),
                        Instant.EPOCH))
                .toList();
        return changed(plain, plain.settingsPython(), all);
    }

    private static DesiredAirflow changed(
            DesiredAirflow plain, Optional<PythonLock> python, List<EnvironmentVariable> all) {
        return new DesiredAirflow(
                plain.scope(),
                plain.namespace(),
                plain.name(),
                plain.release(),
                plain.baseUrl(),
                plain.tokenIssuer(),
                plain.dagsPausedAtCreation(),
                plain.secrets(),
                plain.revision(),
                plain.code(),
                python,
                all);
    }

    @Override
    public void close() throws IOException {
        database.close();
        FileTree.delete(data);
    }

    private static Path dataFolder() {
        try {
            Path folder = Files.createTempDirectory("headgate-test-code-");
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
