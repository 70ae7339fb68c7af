package io.headgate.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.kernel.SecretText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SecretBoxTest {
    @TempDir
    private Path folder = Path.of("");

    private final SecureRandom random = new SecureRandom();

    @Test
    void aSecretOpensInItsPlaceAndNowhereElse() {
        SecretBox box = box();
        String sealed = box.seal("deployment/1", new SecretText("hush"));
        assertThat(sealed).startsWith("k1.").doesNotContain("hush");
        assertThat(box.open("deployment/1", sealed).reveal()).isEqualTo("hush");
        assertThatThrownBy(() -> box.open("deployment/2", sealed)).isInstanceOf(StorageException.class);
        String damaged = sealed.substring(0, sealed.length() - 6) + "AAAAA=";
        assertThatThrownBy(() -> box.open("deployment/1", damaged)).isInstanceOf(StorageException.class);
    }

    @Test
    void theSameSecretNeverLooksTheSame() {
        SecretBox box = box();
        assertThat(box.seal("p", new SecretText("hush"))).isNotEqualTo(box.seal("p", new SecretText("hush")));
    }

    /// Item 8: a key has an id and can be rotated; what the old one closed still opens.
    @Test
    void aRotatedKeyStillOpensWhatTheOldOneClosed() throws IOException {
        String old = box().seal("p", new SecretText("hush"));
        byte[] key = new byte[32];
        random.nextBytes(key);
        Files.writeString(
                folder.resolve("keys"),
                "k2 " + Base64.getEncoder().encodeToString(key) + "\n",
                StandardOpenOption.APPEND);
        SecretBox rotated = box();
        assertThat(rotated.open("p", old).reveal()).isEqualTo("hush");
        assertThat(rotated.seal("p", new SecretText("hush"))).startsWith("k2.");
    }

    @Test
    void theKeyFileIsForItsOwnerAloneAndADamagedOneIsRefused() throws IOException {
        box();
        Path file = folder.resolve("keys");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        Files.writeString(file, "k1 short\n");
        assertThatThrownBy(this::box).isInstanceOf(StorageException.class).hasMessageContaining("damaged");
    }

    private SecretBox box() {
        return new SecretBox(KeyFile.readOrCreate(folder.resolve("keys"), random), random);
    }
}
