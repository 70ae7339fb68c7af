package io.headgate.ui;

import io.headgate.access.PublicEndpoint;
import io.headgate.deployment.DeploymentAddresses;
import io.headgate.deployment.UserIsolation;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/// The page at the root: what this is, and how to get from here to a first token.
@Path("/")
@PublicEndpoint("says nothing about what is stored here")
@Singleton
final class LandingPages {
    private final String url;
    private final String finding;

    LandingPages(DeploymentAddresses addresses, UserIsolation isolation) {
        this.finding = isolation.finding().orElse("");
        this.url = addresses.controlPlane().toString();
    }

    @GET
    @Produces(MediaType.TEXT_HTML)
    public TemplateInstance landing() {
        return Templates.landing(url, finding);
    }

    /// Checked against the templates when the jar is built.
    @CheckedTemplate(basePath = "landing")
    static final class Templates {
        private Templates() {}

        static native TemplateInstance landing(String url, String finding);

        static native TemplateInstance notFound();
    }
}
