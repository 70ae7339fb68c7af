package io.headgate.ui.session;

import io.headgate.identity.Session;
import io.headgate.identity.SessionSeal;
import jakarta.inject.Singleton;

/// The token in every form: shows that it was rendered for the session that sends it (item 45). It can be worked out
/// again at any time, so nothing is stored and nothing runs out.
@Singleton
public final class FormTokens {
    private final SessionSeal seal;

    FormTokens(SessionSeal seal) {
        this.seal = seal;
    }

    public String of(Session session) {
        return seal.seal(SessionSeal.Purpose.FORM, session.id().value());
    }

    boolean isFor(Session session, String token) {
        return seal.isGenuine(SessionSeal.Purpose.FORM, session.id().value(), token);
    }
}
