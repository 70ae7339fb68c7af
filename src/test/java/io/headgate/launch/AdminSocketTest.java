package io.headgate.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.testing.TestControlPlane;
import io.headgate.token.TokenVerdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AdminSocketTest {
    private final TestControlPlane world = new TestControlPlane();

    @TempDir
    private Path folder = Path.of("");

    private Optional<AdminSocket> socket = Optional.empty();

    @BeforeEach
    void open() {
        socket = Optional.of(AdminSocket.open(folder.resolve("admin.sock"), new Administration(world.controlPlane())));
    }

    @AfterEach
    void close() {
        socket.ifPresent(AdminSocket::close);
        world.close();
    }

    @Test
    void aTokenMadeThroughTheSocketWorksAtOnceAndTheSocketIsForItsOwnerAlone() throws IOException {
        AdminAnswer answer = ask("ops", "ORGANIZATION_OWNER", Optional.of(1));
        assertThat(world.controlPlane().liveTokens().check(answer.value().orElseThrow()))
                .isInstanceOf(TokenVerdict.Accepted.class);
        assertThat(answer.toString()).doesNotContain(answer.value().orElseThrow());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("admin.sock"))))
                .isEqualTo("rw-------");
    }

    @Test
    void badInputIsAnsweredWithWhatIsAllowed() {
        assertThat(ask("ops", "WORKSPACE_OWNER", Optional.empty()).error())
                .hasValueSatisfying(error -> assertThat(error).contains("ORGANIZATION_OWNER", "WORKSPACE_OWNER"));
        assertThat(ask(" ", "ORGANIZATION_OWNER", Optional.empty()).error()).isPresent();
        assertThat(ask("ops", "ORGANIZATION_OWNER", Optional.of(3651)).error())
                .hasValueSatisfying(error -> assertThat(error).contains("3650", "3651"));
        assertThat(ask("ops", "ORGANIZATION_OWNER", Optional.of(3650)).error()).isEmpty();
    }

    @Test
    void theAuditLogIsVerifiedAndAnyFindingIsAnError() throws IOException {
        var _ = world.controlPlane().audit().sealer().seal();
        assertThat(ask(AdminRequest.verifyAudit()).value())
                .hasValueSatisfying(sentence -> assertThat(sentence).contains("intact", "3 events sealed"));

        Files.delete(world.folder().resolve("audit/checkpoints.ndjson"));
        assertThat(ask(AdminRequest.verifyAudit()).error())
                .hasValueSatisfying(finding ->
                        assertThat(finding).contains("NOT intact", "CHECKPOINTS_MISSING", "checkpoints.ndjson"));
    }

    @Test
    void theAuditLogIsExportedIntoANewFileForItsOwnerAlone() throws IOException {
        Path plain = folder.resolve("audit.ndjson");
        assertThat(ask(AdminRequest.exportAudit(7, plain.toString())).value())
                .hasValueSatisfying(sentence -> assertThat(sentence).startsWith("4 events"));
        assertThat(Files.readAllLines(plain))
                .hasSize(4)
                .last()
                .asString()
                .contains("auditLog.exported", "local-administrator");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(plain)))
                .isEqualTo("rw-------");

        Path compressed = folder.resolve("audit.ndjson.gz");
        assertThat(ask(AdminRequest.exportAudit(7, compressed.toString())).error())
                .isEmpty();
        try (var lines = new GZIPInputStream(Files.newInputStream(compressed))) {
            assertThat(new String(lines.readAllBytes(), StandardCharsets.UTF_8).lines())
                    .hasSize(5);
        }
        assertThat(ask(AdminRequest.exportAudit(7, plain.toString())).error())
                .hasValueSatisfying(error -> assertThat(error).contains("--output", "exists"));
        assertThat(ask(AdminRequest.exportAudit(91, folder.resolve("x").toString()))
                        .error())
                .hasValueSatisfying(error -> assertThat(error).contains("--days", "90", "91"));
        assertThat(ask(AdminRequest.exportAudit(7, "relative")).error()).isPresent();
    }

    @Test
    void nobodyListeningIsNotAnError() {
        assertThat(AdminSocket.ask(
                        folder.resolve("no.sock"),
                        AdminRequest.createToken("x", "ORGANIZATION_OWNER", Optional.empty())))
                .isEmpty();
    }

    private AdminAnswer ask(AdminRequest request) {
        return AdminSocket.ask(folder.resolve("admin.sock"), request).orElseThrow();
    }

    private AdminAnswer ask(String name, String role, Optional<Integer> days) {
        return AdminSocket.ask(folder.resolve("admin.sock"), AdminRequest.createToken(name, role, days))
                .orElseThrow();
    }
}
