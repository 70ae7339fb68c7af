package io.headgate.token;

import io.headgate.access.Scope;
import io.headgate.storage.JsonColumn;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes token values that the stock command line can parse: it reads `permissions` (every entry needs a colon),
/// `apiTokenId` and `exp` without verifying anything, and finds its Organization and Workspace there.
///
/// 1. The header is written by hand, `typ` first: that makes the greppable prefix.
/// 2. `jti` holds 256 random bits (item 1); nothing else in the value is secret, and no id or time contributes (item
/// 2).
/// 3. Roles are not in it: they are read at request time.
public final class TokenMinter {
    private static final int SECRET_BYTES = 32;
    private static final String AUDIENCE = "headgate";

    private final SecureRandom random;
    private final SigningKey key;
    private final String issuer;

    public TokenMinter(SecureRandom random, SigningKey key, String issuer) {
        this.random = random;
        this.key = key;
        this.issuer = issuer;
    }

    TokenValue mint(ApiToken token) {
        String header = "{\"typ\":\"headgate+jwt\",\"alg\":\"EdDSA\",\"kid\":\"" + key.id() + "\"}";
        String signed = encode(bytes(header)) + "." + encode(bytes(JsonColumn.write(claims(token))));
        return new TokenValue(signed + "." + encode(key.sign(bytes(signed))));
    }

    private Map<String, Object> claims(ApiToken token) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", issuer);
        claims.put("aud", AUDIENCE);
        claims.put("sub", token.id().value());
        claims.put("apiTokenId", token.id().value());
        claims.put("permissions", permissions(token));
        claims.put("isAstronomerGenerated", true);
        claims.put("iat", token.validity().startAt().getEpochSecond());
        claims.put("nbf", token.validity().startAt().getEpochSecond());
        Optional<Instant> end = token.validity().endAt();
        end.ifPresent(at -> claims.put("exp", at.getEpochSecond()));
        claims.put("jti", freshSecret());
        return claims;
    }

    /// What makes a value impossible to guess.
    String freshSecret() {
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        return encode(secret);
    }

    private static List<String> permissions(ApiToken token) {
        List<String> entries = new ArrayList<>(List.of("apiTokenId:" + token.id()));
        switch (token.home()) {
            case Scope.OfOrganization _ -> {}
            case Scope.OfWorkspace workspace -> entries.add("workspaceId:" + workspace.workspaceId());
            case Scope.OfDeployment deployment -> {
                entries.add("workspaceId:" + deployment.workspaceId());
                entries.add("deploymentId:" + deployment.deploymentId());
            }
        }
        entries.add("organizationId:" + token.home().organizationId());
        return entries;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
