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
@Path("/spec")
@PublicEndpoint("describes what is offered, not what is stored; the stock command line reads it before it signs in")
@Singleton
final class SpecResource {
    private static final String SERVER_PLACEHOLDER = "http://localhost:8888";

    private final String v1;
    private final String platform;

    SpecResource(DeploymentAddresses addresses) {
        String server = addresses.controlPlane().toString();
        this.v1 = read("/openapi/v1.0.yaml").replace(SERVER_PLACEHOLDER, server);
        this.platform = read("/openapi/platform-v1beta1.yaml").replace(SERVER_PLACEHOLDER, server);
    }

    @GET
    @Path("v1.0")
    @Produces("application/yaml")
    public String v1() {
        return v1;
    }

    /// What only that version of the API has.
    @GET
    @Path("platform-v1beta1")
    @Produces("application/yaml")
    public String platform() {
        return platform;
    }

    private static String read(String resource) {
        try (InputStream file = SpecResource.class.getResourceAsStream(resource)) {
            if (file == null) {
                throw new IllegalStateException("not in the jar: " + resource);
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource, e);
        }
    }
}
