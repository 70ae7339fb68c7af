package io.headgate.api.wellknown;

import io.headgate.access.PublicEndpoint;
import io.headgate.token.SigningKey;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/// The public key with which anybody can tell offline that a text is a token issued here, though not that it still
/// works.
@Path("/.well-known/jwks.json")
@PublicEndpoint("holds a public key only")
@Singleton
final class KeySetResource {
    private final SigningKey key;

    KeySetResource(SigningKey key) {
        this.key = key;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public String keys() {
        return key.jwks();
    }
}
