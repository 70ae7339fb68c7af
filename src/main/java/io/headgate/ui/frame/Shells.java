package io.headgate.ui.frame;

import io.headgate.access.Caller;
import io.headgate.deployment.UserIsolation;
import io.headgate.identity.Session;
import io.headgate.kernel.OrganizationId;
import io.headgate.kernel.PageRequest;
import io.headgate.kernel.WorkspaceId;
import io.headgate.organization.Organizations;
import io.headgate.organization.WorkspaceFilter;
import io.headgate.organization.Workspaces;
import io.headgate.ui.session.FormTokens;
import io.headgate.ui.session.Visitor;
import io.headgate.web.Arrival;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;

/// Makes what stands around a page for whoever looks at it.
@RequestScoped
public class Shells {
    /// Holds `light` or `dark`; not a secret, and for no script either.
    public static final String THEME_COOKIE = "headgate-theme";

    private final Visitor visitor;
    private final Arrival arrival;
    private final FormTokens tokens;
    private final Organizations organizations;
    private final Workspaces workspaces;
    private final UserIsolation isolation;
    private final HttpHeaders headers;
    private final UriInfo uri;

    Shells(
            Visitor visitor,
            Arrival arrival,
            FormTokens tokens,
            Organizations organizations,
            Workspaces workspaces,
            UserIsolation isolation,
            @Context HttpHeaders headers,
            @Context UriInfo uri) {
        this.visitor = visitor;
        this.arrival = arrival;
        this.tokens = tokens;
        this.organizations = organizations;
        this.workspaces = workspaces;
        this.isolation = isolation;
        this.headers = headers;
        this.uri = uri;
    }

    /// For a page that is in no Workspace.
    public Shell of(String title) {
        return of(title, Optional.empty());
    }

    /// For a page of a Workspace, or of something in it.
    public Shell of(String title, WorkspaceId workspace) {
        return of(title, Optional.of(workspace));
    }

    /// For a page that asks nobody anything, because something has just failed.
    public Shell bare(String title) {
        return new Shell(title, theme(), Optional.empty(), "/", "", "");
    }

    private Shell of(String title, Optional<WorkspaceId> workspace) {
        return new Shell(
                title,
                theme(),
                visitor.session().map(session -> person(session, workspace)),
                arrival.origin().path(),
                isolation.finding().orElse(""),
                note());
    }

    private Shell.Person person(Session session, Optional<WorkspaceId> workspace) {
        Caller caller = visitor.caller();
        OrganizationId organization = session.user().organizationId();
        List<Shell.Place> places = workspaces
                .list(caller, organization, new WorkspaceFilter(List.of(), List.of()), PageRequest.everything())
                .items()
                .stream()
                .map(each -> new Shell.Place(each.id().value(), each.name()))
                .toList();
        return new Shell.Person(
                session.user().email(),
                tokens.of(session),
                organizations.view(caller, organization).name(),
                places,
                workspace.flatMap(id -> places.stream()
                        .filter(place -> place.id().equals(id.value()))
                        .findFirst()));
    }

    private String note() {
        return Optional.ofNullable(uri.getQueryParameters().getFirst("note"))
                .flatMap(Note::named)
                .map(Note::sentence)
                .orElse("");
    }

    private String theme() {
        return Optional.ofNullable(headers.getCookies().get(THEME_COOKIE))
                .map(Cookie::getValue)
                .filter(value -> value.equals("light") || value.equals("dark"))
                .orElse("");
    }
}
