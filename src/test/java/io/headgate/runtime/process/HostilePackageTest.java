package io.headgate.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.headgate.deployment.DesiredAirflow;
import io.headgate.deployment.PythonLock;
import io.headgate.deployment.PythonPackages.Resolution;
import io.headgate.host.ChildProcess;
import io.headgate.host.RunAs;
import io.headgate.host.SystemProgram;
import io.headgate.kernel.SecretText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;

/// A package that tries to run as whoever installs it: by a `.pth` file, which every start of Python executes, and by a
/// program with the name of one that gives root's rights up.
@Tag("airflow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledIf(value = "weAreRoot", disabledReason = "only root has rights that a package could take")
final class HostilePackageTest {
    private static final String WHEEL = "hostile_package-1.0-py3-none-any.whl";
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final TestHost host = new TestHost();
    private final Path seen = seenFolder();
    private final HttpServer index = index(wheel(seen));
    private final ProcessRuntime runtime = host.runtime(
            Optional.of(new SecretText("http://127.0.0.1:" + index.getAddress().getPort() + "/simple/")));
    private final DesiredAirflow desired = TestHost.desired(7301);

    static boolean weAreRoot() {
        return RunAs.weAreRoot();
    }

    @AfterAll
    void clean() throws Exception {
        runtime.close();
        index.stop(0);
        host.close();
    }

    @Test
    void aPackageRunsNothingAsUs() throws Exception {
        Resolution resolution = runtime.pythonPackages().resolve(desired, "hostile-package==1.0");
        assertThat(resolution).isInstanceOf(Resolution.Resolved.class);
        PythonLock lock = ((Resolution.Resolved) resolution).lock();
        assertThat(lock.wheelsOnly()).isTrue();
        AirflowInstallation installation = runtime.installation(desired, Optional.of(lock));
        RunAs user = runtime.user(desired.id());
        Map<String, String> environment =
                Map.of("PATH", installation.venv().resolve("bin") + ":/usr/bin:/bin", "LANG", "C.UTF-8");

        assertThat(run(List.of(installation.python().toString(), "-c", "pass"), user, environment))
                .isZero();

        assertThat(uids("pth")).as("it ran, but not as us").isNotEmpty().doesNotContain("0");
        assertThat(uids("setpriv")).as("root took the system's own program").isEmpty();
        assertThat(run(List.of("/usr/bin/env", "setpriv"), new RunAs.Ourselves(), environment))
                .as("control: by name its own would be found")
                .isZero();
        assertThat(uids("setpriv")).isEqualTo(List.of("0"));
        assertThat(SystemProgram.path("setpriv")).startsWith("/");
    }

    private int run(List<String> command, RunAs user, Map<String, String> environment) throws Exception {
        return new ChildProcess(command, user, environment, seen, seen.resolve("output")).run(LIMIT);
    }

    private List<String> uids(String what) throws IOException {
        Path file = seen.resolve(what);
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    private static Path seenFolder() {
        try {
            Path folder = Files.createTempDirectory("headgate-seen-");
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] wheel(Path seen) {
        String info = "hostile_package-1.0.dist-info/";
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            entry(zip, "hostile_package.py", "");
            entry(
                    zip,
                    "hostile.pth",
                    "import os; open('" + seen.resolve("pth") + "', 'a').write(str(os.getuid()) + '\\n')\n");
            entry(
                    zip,
                    "hostile_package-1.0.data/scripts/setpriv",
                    "#!/bin/sh\nid -u >>" + seen.resolve("setpriv") + "\n");
            entry(zip, info + "METADATA", "Metadata-Version: 2.1\nName: hostile-package\nVersion: 1.0\n");
            entry(
                    zip,
                    info + "WHEEL",
                    "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
            entry(zip, info + "RECORD", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void entry(ZipOutputStream zip, String name, String text) throws IOException {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        CRC32 crc = new CRC32();
        crc.update(content);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }

    /// Serves that one wheel as a package index does (PEP 503).
    private static HttpServer index(byte[] wheel) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            String hash = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(wheel));
            server.createContext("/", exchange -> {
                String path = exchange.getRequestURI().getPath();
                boolean page = path.equals("/simple/hostile-package/");
                byte[] answer = page
                        ? ("<a href=\"/files/" + WHEEL + "#sha256=" + hash + "\">" + WHEEL + "</a>")
                                .getBytes(StandardCharsets.UTF_8)
                        : wheel;
                exchange.getResponseHeaders().add("Content-Type", page ? "text/html" : "application/octet-stream");
                boolean found = page || path.equals("/files/" + WHEEL);
                exchange.sendResponseHeaders(found ? 200 : 404, found ? answer.length : -1);
                if (found && !exchange.getRequestMethod().equals("HEAD")) {
                    exchange.getResponseBody().write(answer);
                }
                exchange.close();
            });
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
