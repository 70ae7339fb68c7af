package io.headgate.identity;

import io.headgate.access.Caller;
import io.headgate.access.Scope;
import io.headgate.audit.AuditEvent;
import io.headgate.audit.AuditLog;
import io.headgate.kernel.IdMinter;
import io.headgate.kernel.SecretText;
import io.headgate.kernel.SessionId;
import io.headgate.storage.Transaction;
import io.headgate.storage.Transactions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/// Signing in and out. A session's secret is 256 random bits, new at each sign-in (item 44).
public final class Sessions {
    private static final Logger LOG = Logger.getLogger(Sessions.class);
    private static final int SECRET_BYTES = 32;

    private final Transactions transactions;
    private final AuditLog audit;
    private final IdMinter ids;
    private final Clock clock;
    private final SecureRandom random;
    private final SessionSeal seal;
    private final LiveSessions live;
    private final SignInLimits limits;
    private final PasswordHash nobodys;
    private final SessionStore store = new SessionStore();
    private final UserStore users = new UserStore();

    /// What the use cases need from elsewhere.
    public record Needs(
            Transactions transactions,
            AuditLog audit,
            IdMinter ids,
            Clock clock,
            SecureRandom random,
            SessionSeal seal,
            LiveSessions live,
            SignInLimits limits) {}

    public Sessions(Needs needs) {
        this.transactions = needs.transactions();
        this.audit = needs.audit();
        this.ids = needs.ids();
        this.clock = needs.clock();
        this.random = needs.random();
        this.seal = needs.seal();
        this.live = needs.live();
        this.limits = needs.limits();
        this.nobodys = PasswordHash.of(new SecretText(secret()), random);
    }

    /// Signs a person in; a wrong e-mail takes as long as a wrong password.
    public SignIn signIn(Attempt attempt) {
        Optional<Duration> wait = limits.take(attempt.origin().address());
        if (wait.isPresent()) {
            return new SignIn.TooMany(wait.get());
        }
        Optional<UserStore.Account> account = transactions.inTransaction(tx -> users.find(tx, attempt.email()));
        PasswordHash hash = account.flatMap(UserStore.Account::password).orElse(nobodys);
        boolean right = limits.checked(() -> hash.matches(attempt.password()));
        if (!right || account.isEmpty()) {
            account.ifPresent(known -> refusedLater(known.user(), attempt.origin()));
            return new SignIn.Refused();
        }
        // a password that was chosen anew meanwhile has ended all sessions, and this one must not come after that
        return transactions.inTransaction(
                tx -> users.findForUpdate(tx, account.get().user().id())
                        .filter(now -> now.password().equals(Optional.of(hash)))
                        .<SignIn>map(now -> start(tx, now.user(), attempt.origin()))
                        .orElseGet(SignIn.Refused::new));
    }

    /// Whether the password is that of the person who is signed in; if so, nothing asks for it again for a while.
    public Proof confirm(Session session, SecretText password, Caller.Origin origin) {
        Optional<Duration> wait = limits.take(origin.address());
        if (wait.isPresent()) {
            return new Proof.TooMany(wait.get());
        }
        PasswordHash hash = transactions
                .inTransaction(tx -> users.find(tx, session.user().email()))
                .flatMap(UserStore.Account::password)
                .orElse(nobodys);
        if (!limits.checked(() -> hash.matches(password))) {
            refused(session.user(), origin);
            return new Proof.Refused();
        }
        Instant now = clock.instant();
        transactions.useTransaction(tx -> {
            store.authenticated(tx, session.id(), now);
            record(tx, session.user(), origin, "session.confirmed", session.id());
        });
        return new Proof.Given();
    }

    /// Ends a session for good.
    public void signOut(Session session, Caller.Origin origin) {
        end(session, session.id(), origin);
    }

    /// The sessions of the person who is signed in, the last used one first.
    public List<Session> list(Session session) {
        return transactions.inTransaction(tx -> store.of(tx, session.user().id()));
    }

    /// Ends one of the sessions of the person who is signed in; another person's is not found.
    public void end(Session session, SessionId id, Caller.Origin origin) {
        transactions.useTransaction(tx -> {
            boolean theirs = store.find(tx, id)
                    .filter(found ->
                            found.session().user().id().equals(session.user().id()))
                    .isPresent();
            if (theirs && store.delete(tx, id)) {
                record(tx, session.user(), origin, "session.ended", id);
            }
        });
    }

    /// Starts a session of somebody who has just proved who they are.
    SignIn.Done start(Transaction tx, User user, Caller.Origin origin) {
        Instant now = clock.instant();
        SecretText secret = new SecretText(secret());
        Session session = new Session(
                ids.session(), user, now, now, now, now.plus(Session.LIFETIME), origin.address(), origin.userAgent());
        store.insert(tx, new SessionStore.Sealed(seal.seal(SessionSeal.Purpose.SECRET, secret.reveal()), session));
        record(tx, user, origin, "session.started", session.id());
        return new SignIn.Done(secret, session);
    }

    /// Ends all sessions of a person whose password has changed.
    void endAll(Transaction tx, User user) {
        store.deleteOf(tx, user.id()).forEach(id -> tx.afterwards(() -> live.refresh(id)));
    }

    /// Not before the answer: that it takes a while would tell strangers that there is such a person.
    private void refusedLater(User user, Caller.Origin origin) {
        var _ = Thread.ofVirtual().name("refused sign-in").start(() -> {
            try {
                refused(user, origin);
            } catch (RuntimeException e) {
                LOG.warnf(e, "a refused sign-in from %s could not be recorded", origin.address());
            }
        });
    }

    private void refused(User user, Caller.Origin origin) {
        transactions.useTransaction(tx -> audit.append(
                tx,
                new Caller(user.principal(), origin),
                new AuditEvent(
                        "user.sign-in-refused",
                        new Scope.OfOrganization(user.organizationId()),
                        "USER",
                        user.id().value(),
                        AuditEvent.Outcome.DENIED,
                        Map.of())));
    }

    private void record(Transaction tx, User user, Caller.Origin origin, String action, SessionId id) {
        audit.append(
                tx,
                new Caller(user.principal(), origin),
                new AuditEvent(action, new Scope.OfOrganization(user.organizationId()), "SESSION", id.value()));
        tx.afterwards(() -> live.refresh(id));
    }

    private String secret() {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
