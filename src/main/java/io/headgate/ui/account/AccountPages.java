package io.headgate.ui.account;

import io.headgate.access.Role;
import io.headgate.access.SignedInEndpoint;
import io.headgate.identity.Session;
import io.headgate.identity.Sessions;
import io.headgate.kernel.Problem;
import io.headgate.kernel.SessionId;
import io.headgate.ui.frame.Answers;
import io.headgate.ui.frame.Moment;
import io.headgate.ui.frame.Note;
import io.headgate.ui.frame.Shell;
import io.headgate.ui.frame.Shells;
import io.headgate.ui.session.Form;
import io.headgate.ui.session.Visitor;
import io.headgate.web.Arrival;
import io.headgate.web.PathIds;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/// A person's own account: who they are here, and where they are signed in.
@Path("/account")
@SignedInEndpoint
@RunOnVirtualThread
@Singleton
final class AccountPages {
    private final Visitor visitor;
    private final Shells shells;
    private final Answers answers;
    private final Sessions sessions;
    private final Arrival arrival;
    private final Clock clock;

    AccountPages(Visitor visitor, Shells shells, Answers answers, Sessions sessions, Arrival arrival, Clock clock) {
        this.visitor = visitor;
        this.shells = shells;
        this.answers = answers;
        this.sessions = sessions;
        this.arrival = arrival;
        this.clock = clock;
    }

    @GET
    @Produces(Answers.HTML)
    public Response account() {
        Session session = visitor.signedIn();
        Instant now = clock.instant();
        return answers.page(Templates.account(
                shells.of("Account"),
                session.user().email(),
                role(session.user().organizationRole()),
                sessions.list(session).stream()
                        .filter(each -> !each.endedBy(now))
                        .map(each -> new SessionRow(
                                each.id().value(),
                                BrowserName.of(each.userAgent()),
                                each.userAgent(),
                                each.address(),
                                Moment.of(each.startedAt(), now),
                                Moment.of(each.seenAt(), now),
                                Moment.of(each.endsAt(), now),
                                each.id().equals(session.id())))
                        .toList()));
    }

    @POST
    @Path("sessions/{sessionId}/end")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response end(@PathParam("sessionId") String sessionId, Form form) {
        Session session = visitor.signedIn();
        sessions.end(session, PathIds.read(sessionId, SessionId::new, Problem.notFound("session")), arrival.origin());
        return answers.goTo("/account", Note.SESSION_ENDED);
    }

    private static String role(Role role) {
        return switch (role) {
            case ORGANIZATION_OWNER -> "Organization Owner";
            case ORGANIZATION_BILLING_ADMIN -> "Organization Billing Admin";
            case ORGANIZATION_MEMBER -> "Organization Member";
            default -> role.name();
        };
    }

    /// Checked against the templates when the jar is built.
    @CheckedTemplate(basePath = "account")
    static final class Templates {
        private Templates() {}

        static native TemplateInstance account(Shell shell, String email, String role, List<SessionRow> sessions);
    }
}
