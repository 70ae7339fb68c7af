package io.headgate.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.headgate.access.Authorship;
import io.headgate.access.Role;
import io.headgate.access.Scope;
import io.headgate.access.Subject;
import io.headgate.kernel.ApiTokenId;
import io.headgate.kernel.DeploymentId;
import io.headgate.kernel.OrganizationId;
import io.headgate.kernel.WorkspaceId;
import io.headgate.storage.Keys;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a token's value looks like, and what is in it.
final class TokenValueTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    @TempDir
    private Path folder = Path.of("");

    private TokenMinter minter = uninitialised();
    private SigningKey key = uninitialised();

    @BeforeEach
    void makeMinter() {
        key = SigningKey.readOrCreate(new Keys(folder).tokenSigning());
        minter = new TokenMinter(new SecureRandom(), key, "http://localhost:8888");
    }

    /// Items 1 and 2: 256 random bits, never twice, nothing guessable in them.
    @Test
    void everyValueHoldsTwoHundredFiftySixFreshRandomBits() {
        Set<String> secrets = new HashSet<>();
        for (int i = 0; i < 100_000; i++) {
            secrets.add(minter.freshSecret());
        }
        assertThat(secrets).hasSize(100_000);
        Set<String> inValues = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            inValues.add(secretOf(minter.mint(token(OptionalInt.empty()))));
        }
        assertThat(inValues)
                .hasSize(100)
                .allSatisfy(secret ->
                        assertThat(Base64.getUrlDecoder().decode(secret)).hasSize(32));
    }

    /// Item 3: a fixed prefix and one published expression; the separator is not in the alphabet.
    @Test
    void everyValueMatchesThePublishedExpressionAndStartsWithThePrefix() {
        for (OptionalInt days : new OptionalInt[] {OptionalInt.empty(), OptionalInt.of(3650)}) {
            String value = minter.mint(token(days)).reveal();
            assertThat(value)
                    .startsWith(TokenValue.PREFIX)
                    .matches(TokenValue.EXPRESSION)
                    .doesNotContain(" ");
            assertThat(value.length()).isLessThan(TokenValue.LENGTH_MAX);
        }
        assertThat("eyJhbGciOiJIUzUxMiJ9.e30.x").doesNotMatch(TokenValue.EXPRESSION);
    }

    /// T15: what the stock command line reads.
    @Test
    void theClaimsAreTheOnesThatTheStockCommandLineReads() throws Exception {
        JsonNode claims = claims(minter.mint(token(OptionalInt.of(30))).reveal());
        assertThat(claims.get("permissions"))
                .extracting(JsonNode::asText)
                .containsExactly(
                        "apiTokenId:" + id('t'),
                        "workspaceId:" + id('w'),
                        "deploymentId:" + id('d'),
                        "organizationId:" + id('o'));
        assertThat(claims.get("apiTokenId").asText()).isEqualTo(id('t'));
        assertThat(claims.get("exp").asLong())
                .isEqualTo(NOW.plusSeconds(30L * 86_400).getEpochSecond());
        assertThat(claims(minter.mint(token(OptionalInt.empty())).reveal()).has("exp"))
                .isFalse();
        assertThat(claims.has("role")).as("rights are read at request time").isFalse();
    }

    /// For offline verifiers: the key set that we publish verifies the signature.
    @Test
    void thePublishedKeyVerifiesTheSignatureAndAChangedClaimDoesNotPass() throws Exception {
        String value = minter.mint(token(OptionalInt.empty())).reveal();
        JsonNode jwk = new JsonMapper().readTree(key.jwks()).get("keys").get(0);
        byte[] raw = Base64.getUrlDecoder().decode(jwk.get("x").asText());
        byte[] prefix = HexFormat.of().parseHex("302a300506032b6570032100");
        byte[] encoded = new byte[prefix.length + raw.length];
        System.arraycopy(prefix, 0, encoded, 0, prefix.length);
        System.arraycopy(raw, 0, encoded, prefix.length, raw.length);
        Signature verifier = Signature.getInstance("Ed25519");
        verifier.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
        String signed = value.substring(0, value.lastIndexOf('.'));
        byte[] signature = Base64.getUrlDecoder().decode(value.substring(value.lastIndexOf('.') + 1));
        verifier.update(signed.getBytes(StandardCharsets.US_ASCII));
        assertThat(verifier.verify(signature)).isTrue();
        verifier.update((signed + "A").getBytes(StandardCharsets.US_ASCII));
        assertThat(verifier.verify(signature)).isFalse();
        assertThat(new JsonMapper()
                        .readTree(Base64.getUrlDecoder().decode(value.substring(0, value.indexOf('.'))))
                        .get("kid"))
                .isEqualTo(jwk.get("kid"));
    }

    /// Item 11: it does not print.
    @Test
    void aValuePrintsAsStarsAndItsShortFormIsItsLastFourCharacters() {
        TokenValue value = minter.mint(token(OptionalInt.empty()));
        assertThat(value).hasToString("***");
        assertThat(new IssuedToken(token(OptionalInt.empty()), value).toString())
                .doesNotContain(value.reveal());
        assertThat(value.reveal()).endsWith(value.shortForm());
        assertThat(value.shortForm()).hasSize(4);
    }

    private static String secretOf(TokenValue value) {
        try {
            return claims(value.reveal()).get("jti").asText();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static JsonNode claims(String value) throws Exception {
        return new JsonMapper().readTree(Base64.getUrlDecoder().decode(value.split("\\.", -1)[1]));
    }

    private static ApiToken token(OptionalInt days) {
        return new ApiToken(
                new ApiTokenId(id('t')),
                new Scope.OfDeployment(
                        new OrganizationId(id('o')), new WorkspaceId(id('w')), new DeploymentId(id('d'))),
                "ci",
                "",
                Role.DEPLOYMENT_ADMIN,
                List.of(),
                new Validity(NOW, days),
                "",
                Optional.empty(),
                Optional.empty(),
                Authorship.createdBy(new Subject.LocalAdministrator(), NOW));
    }

    private static String id(char letter) {
        return "c" + String.valueOf(letter).repeat(24);
    }

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // set before each test
    private static <T> T uninitialised() {
        return null;
    }
}
