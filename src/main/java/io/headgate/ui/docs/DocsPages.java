package io.headgate.ui.docs;

import io.headgate.access.PublicEndpoint;
import io.headgate.deployment.DeploymentAddresses;
import io.headgate.ui.frame.Shell;
import io.headgate.ui.frame.Shells;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// `/docs`: an index, and the pages that it lists.
@Path("/docs")
@PublicEndpoint("describes what is offered, not what is stored; the same pages are in the source")
@RunOnVirtualThread
@Singleton
final class DocsPages {
    private static final String SERVER_PLACEHOLDER = "http://localhost:8888";

    private final DocsLibrary library;
    private final Shells shells;
    private final String server;

    DocsPages(DeploymentAddresses addresses, Shells shells) {
        this.shells = shells;
        this.server = addresses.controlPlane().toString();
        this.library = new DocsLibrary(DocsContents.GROUPS, this::read);
    }

    @GET
    @Produces(MediaType.TEXT_HTML + ";charset=UTF-8")
    public TemplateInstance index() {
        return Templates.index(shells.of("Documentation"), library.shelves());
    }

    @GET
    @Path("{page: .+}")
    @Produces(MediaType.TEXT_HTML + ";charset=UTF-8")
    public TemplateInstance page(@PathParam("page") String path) {
        DocsPage page = library.page(path).orElseThrow(NotFoundException::new);
        return Templates.page(shells.of(page.title()), page, library.neighbours(page));
    }

    /// As plain text, so that a browser shows what somebody is about to run.
    @GET
    @Path("pipelines/deploy.sh")
    @Produces(MediaType.TEXT_PLAIN)
    public String pipeline() {
        return read("pipelines/deploy.sh");
    }

    /// With this server's address in the examples.
    private String read(String file) {
        try (InputStream stream = DocsPages.class.getResourceAsStream("/docs/" + file)) {
            if (stream == null) {
                throw new IllegalStateException("not in the jar: docs/" + file);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8).replace(SERVER_PLACEHOLDER, server);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read docs/" + file, e);
        }
    }

    /// Checked against the templates when the jar is built.
    @CheckedTemplate(basePath = "docs")
    static final class Templates {
        private Templates() {}

        static native TemplateInstance index(Shell shell, List<DocsLibrary.Shelf> shelves);

        static native TemplateInstance page(Shell shell, DocsPage page, List<DocsLibrary.Neighbour> neighbours);
    }
}
