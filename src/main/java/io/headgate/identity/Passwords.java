package io.headgate.identity;

import io.headgate.access.Caller;
import io.headgate.access.Scope;
import io.headgate.audit.AuditEvent;
import io.headgate.audit.AuditLog;
import io.headgate.kernel.Problem;
import io.headgate.kernel.SecretText;
import io.headgate.storage.Transaction;
import io.headgate.storage.Transactions;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Choosing passwords: at the machine, by the one-time link of a new installation, and by whoever is signed in.
///
/// Whoever changes a password ends every session of that person.
public final class Passwords {
    private static final int EMAIL_MAX = 254;

    private final Transactions transactions;
    private final AuditLog audit;
    private final Clock clock;
    private final SecureRandom random;
    private final Sessions sessions;
    private final PasswordRule rule = new PasswordRule();
    private final UserStore store = new UserStore();

    public Passwords(Transactions transactions, AuditLog audit, Clock clock, SecureRandom random, Sessions sessions) {
        this.transactions = transactions;
        this.audit = audit;
        this.clock = clock;
        this.random = random;
        this.sessions = sessions;
    }

    /// Sets the password of a person by e-mail; for whoever may read the data folder. Refuses a weak one with a 400
    /// that
    /// names `password`, and an unknown e-mail with a 404.
    public void set(Caller administrator, String email, SecretText password) {
        throwIf(objections(email, password));
        transactions.useTransaction(tx -> {
            User user = store.find(tx, email)
                    .map(UserStore.Account::user)
                    .orElseThrow(() -> Problem.notFound("user " + email).asException());
            choose(tx, administrator, user, user.email(), password);
        });
    }

    /// Refuses what {@link #set} and {@link #first} would, before there is anybody to have it.
    public void check(String email, SecretText password) {
        throwIf(objections(email, password));
    }

    /// The owner who has no password yet; empty once there is one.
    public Optional<User> withoutOne() {
        return transactions
                .inTransaction(store::firstOwner)
                .filter(account -> account.password().isEmpty())
                .map(UserStore.Account::user);
    }

    /// Gives the owner, who has no password yet, an e-mail and a password, and signs them in; empty if somebody else
    /// did
    /// before. Refuses what is no e-mail, and a weak password, with a 400 that names `email` and `password`.
    public Optional<SignIn.Done> first(User owner, Attempt chosen) {
        throwIf(objections(chosen.email(), chosen.password()));
        return transactions.inTransaction(tx -> store.findForUpdate(tx, owner.id())
                .filter(account -> account.password().isEmpty())
                .map(account -> {
                    String email = chosen.email().strip().toLowerCase(Locale.ROOT);
                    User user = account.user().withEmail(email);
                    choose(tx, new Caller(user.principal(), chosen.origin()), user, email, chosen.password());
                    return sessions.start(tx, user, chosen.origin());
                }));
    }

    private void choose(Transaction tx, Caller caller, User user, String email, SecretText password) {
        store.change(tx, user.id(), email, PasswordHash.of(password, random), clock.instant());
        sessions.endAll(tx, user);
        audit.append(
                tx,
                caller,
                new AuditEvent(
                        "user.password-set",
                        new Scope.OfOrganization(user.organizationId()),
                        "USER",
                        user.id().value()));
    }

    private List<Problem.FieldError> objections(String email, SecretText password) {
        List<Problem.FieldError> errors = new ArrayList<>();
        String trimmed = email.strip();
        int at = trimmed.indexOf('@');
        boolean address = at > 0
                && at < trimmed.length() - 1
                && trimmed.length() <= EMAIL_MAX
                && trimmed.chars().noneMatch(c -> c <= ' ' || c == 0x7f);
        if (!address) {
            errors.add(new Problem.FieldError(
                    "email", "email", "email must be an address, such as ada@example.com, up to 254 characters"));
        }
        List<String> known = List.of("headgate", "airflow", trimmed, at > 0 ? trimmed.substring(0, at) : trimmed);
        rule.objection(password, known)
                .ifPresent(
                        objection -> errors.add(new Problem.FieldError("password", "weak", "password " + objection)));
        return errors;
    }

    private static void throwIf(List<Problem.FieldError> errors) {
        if (!errors.isEmpty()) {
            throw Problem.invalidFields(errors).asException();
        }
    }
}
