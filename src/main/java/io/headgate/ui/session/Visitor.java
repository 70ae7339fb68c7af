package io.headgate.ui.session;

import io.headgate.access.Caller;
import io.headgate.identity.Session;
import io.headgate.web.Arrival;
import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;

/// Who looks at the page at hand; pages get it injected and never see a cookie.
@RequestScoped
public class Visitor {
    private final Arrival arrival;
    private Optional<Session> session = Optional.empty();
    private Optional<Form> form = Optional.empty();

    Visitor(Arrival arrival) {
        this.arrival = arrival;
    }

    /// The visitor's session, if they are signed in.
    public Optional<Session> session() {
        return session;
    }

    /// The visitor's session; leads to the sign-in page if there is none.
    public Session signedIn() {
        return session.orElseThrow(SignInNeeded::new);
    }

    /// Who asks, for use cases; leads to the sign-in page if nobody is signed in.
    public Caller caller() {
        return new Caller(signedIn().user().principal(), arrival.origin());
    }

    void is(Session who) {
        session = Optional.of(who);
    }

    void sent(Form what) {
        form = Optional.of(what);
    }

    Optional<Form> form() {
        return form;
    }
}
