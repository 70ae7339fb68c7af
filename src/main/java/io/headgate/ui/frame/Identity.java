package io.headgate.ui.frame;

import io.headgate.identity.Proof;
import io.headgate.identity.Session;
import io.headgate.identity.Sessions;
import io.headgate.kernel.SecretText;
import io.headgate.ui.session.Form;
import io.headgate.ui.session.Visitor;
import io.headgate.web.Arrival;
import jakarta.inject.Singleton;
import java.time.Clock;

/// Asks for the password again where it matters most (item 48): in the very form, so that nothing typed is lost.
@Singleton
public final class Identity {
    private final Visitor visitor;
    private final Sessions sessions;
    private final Arrival arrival;
    private final Clock clock;

    Identity(Visitor visitor, Sessions sessions, Arrival arrival, Clock clock) {
        this.visitor = visitor;
        this.sessions = sessions;
        this.arrival = arrival;
        this.clock = clock;
    }

    /// Whether a form must hold the field `password`.
    public boolean isAsked() {
        return !visitor.signedIn().isFresh(clock.instant());
    }

    /// What is wrong with the proof in a form; nothing if none was needed.
    public FieldErrors check(Form form) {
        Session session = visitor.signedIn();
        if (session.isFresh(clock.instant())) {
            return FieldErrors.none();
        }
        return switch (sessions.confirm(session, new SecretText(form.text("password")), arrival.origin())) {
            case Proof.Given _ -> FieldErrors.none();
            case Proof.Refused _ ->
                FieldErrors.of(
                        "password",
                        form.text("password").isEmpty()
                                ? "Your password is needed: you signed in more than an hour ago."
                                : "This is not your password.");
            case Proof.TooMany tooMany -> FieldErrors.tooMany("password", tooMany.until());
        };
    }
}
