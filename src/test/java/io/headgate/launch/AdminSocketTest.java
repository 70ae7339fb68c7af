package io.headgate.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.testing.TestControlPlane;
import io.headgate.token.TokenVerdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
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
    void nobodyListeningIsNotAnError() {
        assertThat(AdminSocket.ask(
                        folder.resolve("no.sock"),
                        new AdminRequest(AdminRequest.CREATE_TOKEN, "x", "ORGANIZATION_OWNER", Optional.empty())))
                .isEmpty();
    }

    private AdminAnswer ask(String name, String role, Optional<Integer> days) {
        return AdminSocket.ask(
                        folder.resolve("admin.sock"), new AdminRequest(AdminRequest.CREATE_TOKEN, name, role, days))
                .orElseThrow();
    }
}
