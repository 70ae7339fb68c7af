package io.headgate.ui;

import io.headgate.access.SignedInEndpoint;
import io.headgate.kernel.PageRequest;
import io.headgate.organization.WorkspaceFilter;
import io.headgate.organization.Workspaces;
import io.headgate.ui.frame.Shells;
import io.headgate.ui.session.Form;
import io.headgate.ui.session.Visitor;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/// Where one lands, and how the pages look.
@Path("/")
@SignedInEndpoint
@RunOnVirtualThread
@Singleton
final class HomePages {
    private static final Duration THEME_LIFETIME = Duration.ofDays(365);

    private final Visitor visitor;
    private final Workspaces workspaces;

    HomePages(Visitor visitor, Workspaces workspaces) {
        this.visitor = visitor;
        this.workspaces = workspaces;
    }

    /// The Deployments of the first Workspace that one sees.
    @GET
    public Response home() {
        return workspaces
                .list(
                        visitor.caller(),
                        visitor.signedIn().user().organizationId(),
                        new WorkspaceFilter(List.of(), List.of()),
                        PageRequest.first())
                .items()
                .stream()
                .findFirst()
                .map(first -> Response.seeOther(URI.create("/workspaces/" + first.id() + "/deployments")))
                .orElseGet(() -> Response.seeOther(URI.create("/account")))
                .build();
    }

    @POST
    @Path("theme")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response theme(Form form) {
        visitor.signedIn();
        String theme = form.text("theme");
        boolean chosen = theme.equals("light") || theme.equals("dark");
        return Response.seeOther(URI.create(form.destination("next")))
                .cookie(new NewCookie.Builder(Shells.THEME_COOKIE)
                        .value(chosen ? theme : "")
                        .path("/")
                        .maxAge(chosen ? (int) THEME_LIFETIME.toSeconds() : 0)
                        .httpOnly(true)
                        .sameSite(NewCookie.SameSite.LAX)
                        .build())
                .build();
    }
}
