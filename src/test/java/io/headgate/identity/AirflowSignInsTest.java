package io.headgate.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.access.Role;
import io.headgate.kernel.DeploymentId;
import io.headgate.kernel.OrganizationId;
import io.headgate.kernel.SecretText;
import io.headgate.kernel.SessionId;
import io.headgate.kernel.UserId;
import io.headgate.storage.KeyFile;
import io.headgate.testing.TestingClock;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A code leads one session into one Deployment, once and soon; a pass is worth what its session is.
final class AirflowSignInsTest {
    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
    private static final DeploymentId HERE = new DeploymentId(id('d'));
    private static final DeploymentId ELSEWHERE = new DeploymentId(id('e'));
    private static final AirflowSignIns.Wish WISH = new AirflowSignIns.Wish(HERE, "state", "/quick/dags");

    private final Path folder;
    private final TestingClock clock = new TestingClock(START);
    private final Map<SessionId, Session> sessions = new HashMap<>();
    private final Session ada = session('a');
    private final AirflowSignIns signIns;

    AirflowSignInsTest(@TempDir Path folder) {
        this.folder = folder;
        this.signIns = restarted(folder.resolve("keys"));
        sessions.put(ada.id(), ada);
    }

    @Test
    void aCodeTellsOnceWhoWantedWhat() {
        SecretText code = signIns.issue(ada, WISH);

        assertThat(signIns.redeem(new SecretText(code.reveal() + "x"), HERE)).isEmpty();
        assertThat(signIns.redeem(code, HERE)).hasValue(new AirflowSignIns.Redeemed(ada, WISH));
        assertThat(signIns.redeem(code, HERE)).isEmpty();
    }

    @Test
    void aCodeIsLongAndNeverTheSame() {
        Set<String> codes = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            codes.add(signIns.issue(ada, WISH).reveal());
        }

        assertThat(codes).hasSize(100).allSatisfy(code -> assertThat(code).hasSize(43));
    }

    @Test
    void aCodeIsGoodForAMinute() {
        SecretText early = signIns.issue(ada, WISH);
        SecretText late = signIns.issue(ada, WISH);
        clock.advance(AirflowSignIns.CODE_LIFETIME.minusMillis(1));
        assertThat(signIns.redeem(early, HERE)).isPresent();
        clock.advance(Duration.ofMillis(1));

        assertThat(signIns.redeem(late, HERE)).isEmpty();
    }

    /// Whoever shows it at the wrong door has stolen it, or is led by somebody who has.
    @Test
    void aCodeThatIsShownElsewhereIsVoid() {
        SecretText code = signIns.issue(ada, WISH);

        assertThat(signIns.redeem(code, ELSEWHERE)).isEmpty();
        assertThat(signIns.redeem(code, HERE)).isEmpty();
        assertThat(signIns.redeem(signIns.issue(ada, WISH), HERE)).as("control").isPresent();
    }

    @Test
    void aCodeEndsWithItsSession() {
        SecretText code = signIns.issue(ada, WISH);
        sessions.clear();

        assertThat(signIns.redeem(code, HERE)).isEmpty();
    }

    @Test
    void whoeverAsksForThousandsOfCodesFillsNoMemory() {
        SecretText oldest = signIns.issue(ada, WISH);
        SecretText second = signIns.issue(ada, WISH);
        for (int i = 1; i < AirflowSignIns.WAITING_MAX; i++) {
            var _ = signIns.issue(ada, WISH);
        }

        assertThat(signIns.redeem(oldest, HERE)).isEmpty();
        assertThat(signIns.redeem(second, HERE)).isPresent();
    }

    @Test
    void aPassIsGoodAtItsDeploymentAlsoAfterARestart() {
        SecretText pass = signIns.pass(ada, HERE);

        assertThat(signIns.find(pass, HERE)).hasValue(ada);
        assertThat(restarted(folder.resolve("keys")).find(pass, HERE)).hasValue(ada);
        assertThat(restarted(folder.resolve("other-keys")).find(pass, HERE)).isEmpty();
        assertThat(signIns.find(pass, ELSEWHERE)).isEmpty();
    }

    @Test
    void aPassEndsWithItsSession() {
        SecretText pass = signIns.pass(ada, HERE);
        assertThat(signIns.find(pass, HERE)).isPresent();
        sessions.clear();

        assertThat(signIns.find(pass, HERE)).isEmpty();
    }

    /// Session ids are shown in lists; knowing one is worth nothing.
    @Test
    void noPassCanBeMadeUp() {
        Session eve = session('b');
        sessions.put(eve.id(), eve);
        String good = signIns.pass(eve, HERE).reveal();
        String seal = good.substring(good.indexOf('.') + 1);

        assertThat(signIns.find(new SecretText(good), HERE)).as("control").hasValue(eve);
        for (String made : new String[] {
            "",
            ".",
            ada.id().value(),
            ada.id() + ".",
            ada.id() + "." + seal,
            good + "x",
            good.substring(0, good.length() - 1),
            eve.id() + "." + seal.substring(seal.indexOf('.') + 1),
            "." + seal,
            "x." + seal
        }) {
            assertThat(signIns.find(new SecretText(made), HERE)).as(made).isEmpty();
        }
    }

    private AirflowSignIns restarted(Path keys) {
        SecureRandom random = new SecureRandom();
        return new AirflowSignIns(
                id -> Optional.ofNullable(sessions.get(id)),
                new SessionSeal(KeyFile.readOrCreate(keys, random)),
                clock,
                random);
    }

    private static Session session(char letter) {
        User user = new User(
                new UserId(id(letter)), new OrganizationId(id('o')), "ada@example.com", "", Role.ORGANIZATION_OWNER);
        return new Session(new SessionId(id(letter)), user, START, START, START, START.plus(Session.LIFETIME), "", "");
    }

    private static String id(char letter) {
        return "c" + Character.toString(letter).repeat(24);
    }
}
