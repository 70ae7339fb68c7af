package io.headgate.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.headgate.deployment.BundleVersion;
import io.headgate.deployment.DeploymentStatus;
import io.headgate.deployment.DesiredAirflow;
import io.headgate.deployment.DesiredCode;
import io.headgate.host.RunAs;
import io.headgate.runtime.Observation;
import io.headgate.testing.TestAirflow;
import io.headgate.testing.TestingClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What Airflow is given to serve, and when that counts as served (D3).
final class ServedCodeTest {
    private static final BundleVersion ONE = new BundleVersion("2026-01-02T03:04:05.0000001Z");
    private static final BundleVersion TWO = new BundleVersion("2026-01-02T03:04:05.0000002Z");

    @TempDir
    Path root;

    private final TestingClock clock = new TestingClock(Instant.parse("2026-01-02T03:04:05Z"));
    private final AirflowApi api = new AirflowApi(clock);
    private final AtomicReference<String> dags = new AtomicReference<>("[]");
    private final AtomicInteger asked = new AtomicInteger();
    private final HttpServer server;
    private final Observation healthy;

    private Path code = Path.of("/nowhere");
    private ServedCode served = new ServedCode(api, pointer(Path.of("/nowhere")), clock);

    ServedCodeTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        healthy = Observation.healthy(HealthProbe.address(server.getAddress().getPort()));
    }

    @BeforeEach
    void twoVersionsAndAnAirflow() throws IOException {
        code = root.resolve("code");
        for (BundleVersion version : List.of(ONE, TWO)) {
            Path folder = code.resolve("versions/" + version.folderName() + "/dags/sub");
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("a.py"), "");
        }
        served = new ServedCode(api, pointer(root), clock);
        server.createContext("/", exchange -> {
            asked.incrementAndGet();
            byte[] bytes = ("{\"dags\":" + dags.get() + "}").getBytes(StandardCharsets.UTF_8);
            URI question = exchange.getRequestURI();
            exchange.sendResponseHeaders(question.getPath().endsWith("/api/v2/dags") ? 200 : 404, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void close() {
        api.close();
        server.stop(0);
    }

    @Test
    void thePointerMovesAndTheFilesLookYoungerThanNow() throws IOException {
        Path file = code.resolve("versions/" + ONE.folderName() + "/dags/sub/a.py");
        Path other = code.resolve("versions/" + TWO.folderName() + "/dags/sub/a.py");
        Instant before = Files.getLastModifiedTime(other).toInstant();
        DesiredAirflow desired = desired(ONE, "a");
        assertThat(served.mustMove(desired)).isTrue();

        served.move(desired);

        assertThat(served.mustMove(desired)).isFalse();
        assertThat(code.resolve("current")).hasContent(ONE.folderName());
        assertThat(Files.getLastModifiedTime(file).toInstant())
                .isEqualTo(clock.instant().plusSeconds(3));
        assertThat(Files.getLastModifiedTime(other).toInstant())
                .as("control: others keep theirs")
                .isEqualTo(before);
        assertThat(code.resolve("next")).doesNotExist();
    }

    @Test
    void aVersionThatIsNotHereIsSaidAndWhatIsServedStays() throws Exception {
        served.move(desired(ONE, "a"));
        DesiredAirflow unknown = desired(new BundleVersion("2026-lost"), "a");

        served.move(unknown);

        assertThat(code.resolve("current")).hasContent(ONE.folderName());
        Observation seen = served.judge(unknown, healthy);
        assertThat(seen.status()).isEqualTo(DeploymentStatus.UNHEALTHY);
        assertThat(seen.reason()).isEqualTo("version 2026-lost of its code is not on this host; deploy it again");
        dags.set(dags(dag("a", TWO, TWO)));
        served.move(desired(TWO, "a"));
        assertThat(served.judge(desired(TWO, "a"), healthy).live())
                .as("control")
                .contains(TWO);
    }

    @Test
    void liveIsExactlyTheDagsThatWereFoundOfTheVersionAndFromItsFolder() throws Exception {
        DesiredAirflow desired = desired(TWO, "a", "b");
        served.move(desired);

        assertThat(reason(desired, dag("a", ONE, ONE), dag("b", ONE, ONE)))
                .isEqualTo("activating " + TWO + ": 0 of 2 DAGs are live, still old: a, b");
        assertThat(reason(desired, dag("a", TWO, TWO), dag("b", TWO, ONE)))
                .as("the version changes before the content does")
                .isEqualTo("activating " + TWO + ": 1 of 2 DAGs are live, still old: b");
        assertThat(reason(desired, dag("a", TWO, TWO))).isEqualTo("activating " + TWO + ": 1 of 2 DAGs are live");
        assertThat(reason(desired, dag("a", TWO, TWO), dag("b", TWO, TWO), dag("gone", ONE, ONE)))
                .isEqualTo("activating " + TWO + ": 2 of 2 DAGs are live, still old: gone");
        assertThat(reason(desired, dag("a", TWO, TWO), dag("b", TWO, TWO))).isEmpty();
        assertThat(served.judge(desired, healthy)).isEqualTo(healthy.withLive(TWO));
    }

    @Test
    void codeWithoutDagsIsLiveWhenTheOldOnesAreGone() throws Exception {
        DesiredAirflow desired = desired(TWO);
        served.move(desired);

        assertThat(reason(desired, dag("a", ONE, ONE))).contains("0 of 0 DAGs are live, still old: a");
        assertThat(reason(desired)).isEmpty();
    }

    @Test
    void whatIsLiveIsNotAskedForAgainUntilOtherCodeIsWanted() throws Exception {
        served.move(desired(ONE, "a"));
        dags.set(dags(dag("a", ONE, ONE)));
        assertThat(served.judge(desired(ONE, "a"), healthy).live()).contains(ONE);
        int before = asked.get();

        assertThat(served.judge(desired(ONE, "a"), healthy).live()).contains(ONE);
        assertThat(asked).hasValue(before);

        served.move(desired(TWO, "a"));
        Observation seen = served.judge(desired(TWO, "a"), healthy);
        assertThat(asked).as("control").hasValue(before + 1);
        assertThat(seen.live()).isEmpty();
        assertThat(seen.status()).isEqualTo(DeploymentStatus.DEPLOYING);
        assertThat(seen.passing()).isTrue();
    }

    @Test
    void afterAMinuteWithoutMovementItIsEnoughThatEverythingServedIsNew() throws Exception {
        DesiredAirflow desired = desired(TWO, "a", "b");
        served.move(desired);
        assertThat(reason(desired, dag("a", TWO, TWO), dag("other", TWO, TWO)))
                .as("control: at first it is not")
                .isEqualTo("activating " + TWO + ": 1 of 2 DAGs are live");

        clock.advance(Duration.ofSeconds(61));

        assertThat(reason(desired, dag("a", TWO, TWO), dag("other", TWO, TWO))).isEmpty();
    }

    @Test
    void whatNeverBecomesLiveIsUnhealthyAndSaysWhatIsMissing() throws Exception {
        DesiredAirflow desired = desired(TWO, "a", "b");
        served.move(desired);
        assertThat(reason(desired, dag("a", TWO, TWO), dag("b", ONE, ONE))).isNotEmpty();
        clock.advance(Duration.ofSeconds(61));

        Observation seen = served.judge(desired, healthy);

        assertThat(seen.status()).isEqualTo(DeploymentStatus.UNHEALTHY);
        assertThat(seen.reason())
                .isEqualTo("activating " + TWO + ": 1 of 2 DAGs are live, still old: b, missing: b;"
                        + " see the import errors in Airflow");
        assertThat(seen.live()).isEmpty();
        assertThat(reason(desired, dag("a", TWO, TWO), dag("b", TWO, TWO)))
                .as("it is looked at on")
                .isEmpty();
    }

    @Test
    void whileProcessesStartNobodyLosesPatience() throws Exception {
        DesiredAirflow desired = desired(TWO, "a");
        served.move(desired);
        Observation starting = healthy.as(DeploymentStatus.DEPLOYING, "scheduler has not reported yet");
        dags.set(dags(dag("b", TWO, TWO)));

        assertThat(served.judge(desired, starting)).isEqualTo(starting);
        clock.advance(Duration.ofSeconds(61));
        assertThat(served.judge(desired, starting)).isEqualTo(starting);
        assertThat(served.judge(desired, healthy).live()).isEmpty();
        clock.advance(Duration.ofSeconds(61));
        assertThat(served.judge(desired, healthy).live()).as("control").contains(TWO);
    }

    private String reason(DesiredAirflow desired, String... found) throws InterruptedException {
        dags.set(dags(found));
        Observation seen = served.judge(desired, healthy);
        assertThat(seen.live().isPresent()).isEqualTo(seen.reason().isEmpty());
        return seen.reason();
    }

    private CodePointer pointer(Path at) {
        return new CodePointer(new DeploymentFolder(at), new RunAs.Ourselves(), clock);
    }

    private static DesiredAirflow desired(BundleVersion version, String... ids) {
        return TestAirflow.changed(
                TestAirflow.desired(1),
                Optional.of(new DesiredCode(version, List.of(ids), Optional.empty())),
                List.of());
    }

    private static String dags(String... found) {
        return Stream.of(found).collect(Collectors.joining(",", "[", "]"));
    }

    private static String dag(String id, BundleVersion version, BundleVersion folder) {
        return "{\"dag_id\":\"%s\",\"bundle_version\":\"%s\",\"fileloc\":\"/code/versions/%s/dags/%s.py\"}"
                .formatted(id, version.folderName(), folder.folderName(), id);
    }
}
