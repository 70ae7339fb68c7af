package io.headgate.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.access.Caller;
import io.headgate.kernel.ProblemException;
import io.headgate.kernel.SecretText;
import io.headgate.launch.ControlPlane;
import io.headgate.testing.Eventually;
import io.headgate.testing.TestControlPlane;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Who signs in stays signed in, in that browser only, until they leave, do nothing for a day, or a week is over.
final class SessionsTest {
    private static final SecretText PASSWORD = new SecretText("orbit lantern maple seventy");
    private static final SecretText WRONG = new SecretText("orbit lantern maple eighty");
    private static final Caller.Origin ORIGIN = new Caller.Origin("r1", "192.0.2.7", "Firefox");

    private final TestControlPlane world = new TestControlPlane();
    private final ControlPlane.Identity identity = world.controlPlane().identity();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void thePersonWithThePasswordIsSignedInAndNobodyElseIs() {
        chosen();

        assertThat(attempt("ada@example.com", WRONG)).isInstanceOf(SignIn.Refused.class);
        assertThat(attempt("eve@example.com", PASSWORD)).isInstanceOf(SignIn.Refused.class);
        SignIn.Done done = signedIn(" Ada@Example.com ");

        assertThat(identity.liveSessions().find(done.secret().reveal()))
                .hasValueSatisfying(
                        session -> assertThat(session.user().email()).isEqualTo("ada@example.com"));
        assertThat(identity.liveSessions().find(done.session().id().value())).isEmpty();
        assertThat(identity.liveSessions().find(done.secret().reveal() + "x")).isEmpty();
    }

    @Test
    void withoutAPasswordNobodyIsSignedIn() {
        assertThat(attempt("ada@example.com", PASSWORD)).isInstanceOf(SignIn.Refused.class);
    }

    @Test
    void theDatabaseHoldsNoSecretOfASession() {
        chosen();
        String secret = signedIn("ada@example.com").secret().reveal();

        assertThat(rows()).singleElement().satisfies(row -> assertThat(row).doesNotContain(secret));
        world.database()
                .database()
                .jdbi()
                .useHandle(handle -> handle.execute("UPDATE session SET address = ?", secret));
        assertThat(rows())
                .as("control: it would be seen")
                .singleElement()
                .satisfies(row -> assertThat(row).contains(secret));
    }

    @Test
    void signingOutEndsThatSessionAtOnceAndNoOther() {
        chosen();
        SignIn.Done here = signedIn("ada@example.com");
        SignIn.Done there = signedIn("ada@example.com");

        identity.sessions().signOut(here.session(), ORIGIN);

        assertThat(identity.liveSessions().find(here.secret().reveal())).isEmpty();
        assertThat(identity.liveSessions().find(there.secret().reveal())).isPresent();
        assertThat(restarted().find(here.secret().reveal())).isEmpty();
        assertThat(restarted().find(there.secret().reveal())).isPresent();
    }

    @Test
    void aSessionEndsWhenItIsNotUsedForADay() {
        chosen();
        SignIn.Done used = signedIn("ada@example.com");
        SignIn.Done idle = signedIn("ada@example.com");
        world.clock().advance(Session.IDLE_MAX.minusMinutes(2));
        assertThat(identity.liveSessions().find(used.secret().reveal())).isPresent();
        assertThat(identity.liveSessions().peek(idle.secret().reveal()))
                .as("what a page asks by itself is no use")
                .isPresent();
        identity.liveSessions().keep();
        world.clock().advance(Duration.ofMinutes(2));

        assertThat(identity.liveSessions().find(used.secret().reveal())).isPresent();
        assertThat(identity.liveSessions().find(idle.secret().reveal())).isEmpty();
        identity.liveSessions().keep();
        assertThat(identity.sessions().list(used.session())).hasSize(1);
        assertThat(restarted().find(used.secret().reveal())).isPresent();
    }

    @Test
    void aSessionEndsAfterAWeekHoweverMuchItIsUsed() {
        chosen();
        SignIn.Done done = signedIn("ada@example.com");
        for (int day = 0; day < 13; day++) {
            assertThat(identity.liveSessions().find(done.secret().reveal())).isPresent();
            world.clock().advance(Duration.ofHours(12));
        }
        assertThat(identity.liveSessions().find(done.secret().reveal())).isPresent();
        world.clock().advance(Duration.ofHours(12));

        assertThat(identity.liveSessions().find(done.secret().reveal())).isEmpty();
    }

    @Test
    void aPasswordThatIsChosenAnewEndsAllSessions() {
        chosen();
        SignIn.Done done = signedIn("ada@example.com");

        identity.passwords().set(world.owner(), "ada@example.com", new SecretText("marble canyon twelve violin"));

        assertThat(identity.liveSessions().find(done.secret().reveal())).isEmpty();
        assertThat(attempt("ada@example.com", PASSWORD)).isInstanceOf(SignIn.Refused.class);
    }

    /// Whoever knew the old password and is in the middle of signing in does not get past its change.
    @Test
    void aSignInThatOverlapsAChangeOfThePasswordIsRefused() throws Exception {
        chosen();
        PasswordHash before =
                new PasswordHash(query("SELECT password_hash FROM user_account WHERE email = 'ada@example.com'")
                        .getFirst());
        SecretText fresh = new SecretText("marble canyon twelve violin");
        try (Connection other = world.database().database().dataSource().getConnection()) {
            other.setAutoCommit(false);
            try (Statement statement = other.createStatement()) {
                statement.execute("UPDATE user_account SET password_hash = '"
                        + PasswordHash.of(fresh, new SecureRandom()).phc() + "'");
                CompletableFuture<SignIn> attempt =
                        CompletableFuture.supplyAsync(() -> attempt("ada@example.com", PASSWORD));
                Eventually.holds(
                        "it waits for the row",
                        () -> query("SELECT pid::text FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                                                + " AND datname = current_database()")
                                        .size()
                                > 0);
                other.commit();
                assertThat(attempt.get()).isInstanceOf(SignIn.Refused.class);
            }
        }
        assertThat(before.matches(PASSWORD))
                .as("control: it was right when it was checked")
                .isTrue();
        assertThat(attempt("ada@example.com", fresh)).as("control").isInstanceOf(SignIn.Done.class);
    }

    @Test
    void whatMattersMostAsksForThePasswordAgainAfterAnHour() {
        chosen();
        SignIn.Done done = signedIn("ada@example.com");
        world.clock().advance(Session.FRESH);
        Session session = identity.liveSessions().find(done.secret().reveal()).orElseThrow();
        assertThat(session.isFresh(world.clock().instant())).isFalse();

        assertThat(identity.sessions().confirm(session, WRONG, ORIGIN)).isInstanceOf(Proof.Refused.class);
        assertThat(identity.liveSessions()
                        .find(session.id())
                        .orElseThrow()
                        .isFresh(world.clock().instant()))
                .isFalse();
        assertThat(identity.sessions().confirm(session, PASSWORD, ORIGIN)).isInstanceOf(Proof.Given.class);
        assertThat(identity.liveSessions()
                        .find(session.id())
                        .orElseThrow()
                        .isFresh(world.clock().instant()))
                .isTrue();
    }

    @Test
    void theLinkOfTheFirstStartWorksOnce() {
        FirstSignIn.Link link = identity.firstSignIn().open().orElseThrow();
        SecretText wrong = new SecretText(link.code().reveal() + "x");
        Attempt grace = new Attempt("Grace@Example.com", PASSWORD, ORIGIN);

        assertThat(identity.firstSignIn().claim(wrong, grace)).isEmpty();
        assertThatThrownBy(() -> identity.firstSignIn()
                        .claim(link.code(), new Attempt("nobody", new SecretText("short"), ORIGIN)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        failure -> assertThat(failure.problem().fieldErrors())
                                .extracting(error -> error.field())
                                .containsExactly("email", "password"));
        Optional<SignIn.Done> done = identity.firstSignIn().claim(link.code(), grace);

        assertThat(done)
                .hasValueSatisfying(signIn -> assertThat(
                                identity.liveSessions().find(signIn.secret().reveal()))
                        .isPresent());
        assertThat(identity.firstSignIn().find(link.code())).isEmpty();
        assertThat(identity.firstSignIn().claim(link.code(), grace)).isEmpty();
        assertThat(identity.firstSignIn().open()).isEmpty();
        assertThat(attempt("grace@example.com", PASSWORD)).isInstanceOf(SignIn.Done.class);
    }

    @Test
    void theLinkOfTheFirstStartEndsAfterADay() {
        FirstSignIn.Link link = identity.firstSignIn().open().orElseThrow();
        world.clock().advance(FirstSignIn.LIFETIME.minusSeconds(1));
        assertThat(identity.firstSignIn().find(link.code())).isPresent();
        world.clock().advance(Duration.ofSeconds(1));

        assertThat(identity.firstSignIn().find(link.code())).isEmpty();
    }

    @Test
    void aSourceThatTriesTooOftenWaitsAndOthersDoNot() {
        SignInLimits limits = SignInLimits.standard(() -> 0);

        for (int i = 0; i < 10; i++) {
            assertThat(limits.take("192.0.2.7")).isEmpty();
        }
        assertThat(limits.take("192.0.2.7")).hasValue(Duration.ofSeconds(10));
        assertThat(limits.take("192.0.2.8")).isEmpty();
    }

    @Test
    void aFormDoesItsWorkOnceAlsoAfterARestart() {
        SpentForms forms = identity.spentForms();
        String nonce = forms.nonce();

        assertThat(forms.spend(nonce)).isTrue();
        assertThat(forms.spend(nonce)).isFalse();
        assertThat(world.restarted().identity().spentForms().spend(nonce)).isFalse();
        assertThat(forms.spend(forms.nonce())).isTrue();
        world.clock().advance(Session.LIFETIME);
        forms.forgetOld();
        assertThat(forms.spend(nonce)).as("as long as a session may live").isFalse();
    }

    @Test
    void everythingAboutSessionsIsInTheAuditLog() throws Exception {
        chosen();
        var _ = attempt("ada@example.com", WRONG);
        Eventually.holds("recorded after the answer", () -> actions().contains("user.sign-in-refused"));
        identity.sessions().signOut(signedIn("ada@example.com").session(), ORIGIN);

        assertThat(actions())
                .containsSubsequence("user.password-set", "user.sign-in-refused", "session.started", "session.ended");
    }

    private void chosen() {
        identity.passwords().set(world.owner(), "ada@example.com", PASSWORD);
    }

    private SignIn attempt(String email, SecretText password) {
        return identity.sessions().signIn(new Attempt(email, password, ORIGIN));
    }

    private SignIn.Done signedIn(String email) {
        return (SignIn.Done) attempt(email, PASSWORD);
    }

    private LiveSessions restarted() {
        LiveSessions sessions = world.restarted().identity().liveSessions();
        sessions.load();
        return sessions;
    }

    private List<String> rows() {
        return query("SELECT s::text FROM session s");
    }

    private List<String> actions() {
        return query("SELECT action FROM audit_event ORDER BY id");
    }

    private List<String> query(String sql) {
        return world.database()
                .database()
                .jdbi()
                .withHandle(
                        handle -> handle.createQuery(sql).mapTo(String.class).list());
    }
}
