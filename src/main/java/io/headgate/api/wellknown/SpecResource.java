package io.headgate.api.wellknown;

import io.headgate.access.PublicEndpoint;
import io.headgate.deployment.DeploymentAddresses;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// The description of the API, written by hand; `astro api cloud ls` and `describe` read it without signing in.
@Path("/spec/v1.0")
@PublicEndpoint("describes what is offered, not what is stored; the stock command line reads it before it signs in")
@Singleton
final class SpecResource {
    private static final String FILE = "/openapi/v1.0.yaml";
    private static final String SERVER_PLACEHOLDER = "http://localhost:8888";

    private final String document;

    SpecResource(DeploymentAddresses addresses) {
        this.document =
                read().replace(SERVER_PLACEHOLDER, addresses.controlPlane().toString());
    }

    @GET
    @Produces("application/yaml")
    public String document() {
        return document;
    }

    private static String read() {
        try (InputStream file = SpecResource.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new IllegalStateException("not in the jar: " + FILE);
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + FILE, e);
        }
    }
}
