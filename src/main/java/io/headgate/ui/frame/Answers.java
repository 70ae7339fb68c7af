package io.headgate.ui.frame;

import io.quarkus.qute.TemplateInstance;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;

/// How pages answer: with HTML, or by leading elsewhere; whether the browser asked, or a script of ours for a part.
@RequestScoped
public class Answers {
    public static final String HTML = MediaType.TEXT_HTML + ";charset=UTF-8";

    private final HttpHeaders headers;

    Answers(@Context HttpHeaders headers) {
        this.headers = headers;
    }

    public Response page(TemplateInstance page) {
        return page(Response.Status.OK, page);
    }

    public Response page(Response.Status status, TemplateInstance page) {
        return Response.status(status).type(HTML).entity(page).build();
    }

    /// Leads to another page, also out of a dialog.
    public Response goTo(String path) {
        return headers.getHeaderString("HX-Request") == null
                ? Response.seeOther(URI.create(path)).build()
                : Response.noContent().header("HX-Redirect", path).build();
    }

    /// The same, and says there what was done.
    public Response goTo(String path, Note note) {
        return goTo(path + "?note=" + note.key());
    }
}
