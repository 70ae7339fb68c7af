package io.headgate.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.storage.Keys;
import io.headgate.testing.TestControlPlane;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a token says about itself is never believed: only the hash of a value that was issued counts (items 6 and 8).
final class ForgedTokensTest {
    private static final TestControlPlane WORLD = new TestControlPlane();

    @TempDir
    private Path folder = Path.of("");

    @AfterAll
    static void close() {
        WORLD.close();
    }

    @Test
    void noHeaderAndNoSignatureMakesAValueGood() {
        IssuedToken issued = WORLD.token(WORLD.own().id(), "forged", OptionalInt.empty());
        String value = issued.value().reveal();
        String[] parts = value.split("\\.", -1);
        assertThat(check(value)).as("control").isInstanceOf(TokenVerdict.Accepted.class);

        String ours = "{\"typ\":\"headgate+jwt\",";
        for (String header : List.of(
                ours + "\"alg\":\"none\"}",
                ours + "\"alg\":\"None\"}",
                ours + "\"alg\":\"HS256\"}",
                ours + "\"alg\":\"EdDSA\",\"jku\":\"https://attacker.example/keys\"}",
                ours + "\"alg\":\"EdDSA\",\"x5u\":\"https://attacker.example/keys\"}",
                ours + "\"alg\":\"EdDSA\",\"jwk\":{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"AAAA\"}}",
                ours + "\"alg\":\"EdDSA\",\"kid\":\"../../etc/passwd\"}")) {
            for (String signature : List.of("", parts[2], "A".repeat(86))) {
                assertThat(check(encoded(header) + "." + parts[1] + "." + signature))
                        .as(header)
                        .isInstanceOf(TokenVerdict.Unknown.class);
            }
        }
        assertThat(check(parts[0] + "." + parts[1] + ".")).isInstanceOf(TokenVerdict.Unknown.class);
    }

    /// Not even our own key signs a right: a value that it signed and that was not issued is unknown.
    @Test
    void aSignatureOfOursIsNoTokenEither() {
        IssuedToken issued = WORLD.token(WORLD.own().id(), "signed", OptionalInt.empty());
        SigningKey key = SigningKey.readOrCreate(new Keys(WORLD.folder().resolve("keys")).tokenSigning());
        String again = new TokenMinter(new SecureRandom(), key, "http://localhost:8888")
                .mint(issued.token())
                .reveal();

        assertThat(again).matches(TokenValue.EXPRESSION);
        assertThat(check(again)).isInstanceOf(TokenVerdict.Unknown.class);
        assertThat(check(issued.value().reveal())).as("control").isInstanceOf(TokenVerdict.Accepted.class);
    }

    @Test
    void afterTheKeyOfHashesIsRotatedOldValuesAreStillFoundAndNewOnesGetTheNewKey() throws Exception {
        Keys keys = new Keys(folder);
        TokenValue value = new TokenValue(TokenValue.PREFIX + ".a.b");
        TokenHasher before = new TokenHasher(keys.tokenHashing(new SecureRandom()));
        TokenHasher.Keyed stored = before.hashForStorage(value);
        Path file;
        try (var files = Files.walk(folder)) {
            file = files.filter(Files::isRegularFile).findFirst().orElseThrow();
        }
        String old = Files.readString(file);
        String fresh = "k2 " + Base64.getEncoder().encodeToString(new byte[32]) + "\n";
        Files.writeString(file, old + fresh);

        TokenHasher after = new TokenHasher(keys.tokenHashing(new SecureRandom()));

        assertThat(after.candidates(value.reveal())).contains(stored).hasSize(2);
        assertThat(after.hashForStorage(value).keyId()).isEqualTo("k2");
        assertThat(after.hashForStorage(value).hash()).isNotEqualTo(stored.hash());
        Files.writeString(file, fresh);
        assertThat(new TokenHasher(keys.tokenHashing(new SecureRandom())).candidates(value.reveal()))
                .as("control: without the old key they are lost")
                .doesNotContain(stored);
    }

    private static TokenVerdict check(String value) {
        return WORLD.controlPlane().liveTokens().check(value);
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
