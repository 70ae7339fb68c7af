package io.headgate.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.access.Caller;
import io.headgate.kernel.ApiTokenId;
import io.headgate.testing.TestControlPlane;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// U8: refused uses of a token that we know end up in the audit log, one event a token, reason, address and minute.
final class RefusedUsesTest {
    private final TestControlPlane world = new TestControlPlane();
    private final ObservedUses observed = world.controlPlane().observedUses();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void usesOfOneMinuteBecomeOneEventWhenTheMinuteIsOver() {
        ApiTokenId id =
                world.token(world.own().id(), "ci", OptionalInt.empty()).token().id();
        for (int i = 0; i < 3; i++) {
            refuse(id, ObservedUses.Reason.NOT_PERMITTED, "192.0.2.1");
            world.controlPlane().refusalLog().flush();
        }
        refuse(id, ObservedUses.Reason.NOT_PERMITTED, "192.0.2.2");
        refuse(id, ObservedUses.Reason.EXPIRED, "192.0.2.1");
        world.controlPlane().refusalLog().flush();
        assertThat(events()).isEmpty();
        assertThat(number("SELECT count(*) FROM token_refusal")).isEqualTo(3);

        world.clock().advance(Duration.ofMinutes(1));
        world.controlPlane().refusalLog().flush();
        assertThat(events())
                .containsExactlyInAnyOrder(
                        "DENIED ci NOT_PERMITTED 192.0.2.1 3",
                        "DENIED ci NOT_PERMITTED 192.0.2.2 1",
                        "DENIED ci EXPIRED 192.0.2.1 1");
        assertThat(number("SELECT count(*) FROM token_refusal")).isZero();
        world.controlPlane().refusalLog().flush();
        assertThat(events()).hasSize(3);
    }

    /// What was written before a kill is there after the next start.
    @Test
    void whatWasWrittenSurvivesAKill() {
        ApiTokenId id =
                world.token(world.own().id(), "ci", OptionalInt.empty()).token().id();
        refuse(id, ObservedUses.Reason.EXPIRED, "192.0.2.1");
        world.controlPlane().refusalLog().flush();
        world.clock().advance(Duration.ofMinutes(1));

        world.restarted().refusalLog().flush();
        assertThat(events()).containsExactly("DENIED ci EXPIRED 192.0.2.1 1");
    }

    @Test
    void whatCannotBeWrittenIsNotLost() {
        ApiTokenId id =
                world.token(world.own().id(), "ci", OptionalInt.empty()).token().id();
        refuse(id, ObservedUses.Reason.EXPIRED, "192.0.2.1");
        execute("ALTER TABLE token_refusal ADD CONSTRAINT closed CHECK (false) NOT VALID");
        assertThatThrownBy(() -> world.controlPlane().refusalLog().flush()).hasMessageContaining("closed");
        refuse(id, ObservedUses.Reason.EXPIRED, "192.0.2.1");
        execute("ALTER TABLE token_refusal DROP CONSTRAINT closed");

        world.controlPlane().refusalLog().flush();
        assertThat(number("SELECT uses FROM token_refusal")).isEqualTo(2);
    }

    /// A rotated and a deleted value are a stranger's for whoever presents them, and known to us.
    @Test
    void aRetiredValueIsToldFromAGuess() {
        IssuedToken first = world.token(world.own().id(), "ci", OptionalInt.empty());
        ApiTokens tokens = world.controlPlane().apiTokens();
        ApiTokenId id = first.token().id();
        IssuedToken second = tokens.rotate(world.owner(), world.organizationId(), id);
        assertThat(check(second.value().reveal())).isInstanceOf(TokenVerdict.Accepted.class);
        tokens.delete(world.owner(), world.organizationId(), id);
        world.controlPlane().retiredSecrets().refresh();

        for (IssuedToken value : List.of(first, second)) {
            assertThat(check(value.value().reveal())).isEqualTo(new TokenVerdict.Retired(id));
            assertThat(check(value.value().reveal() + "x")).isEqualTo(new TokenVerdict.Unknown());
        }
        refuse(id, ObservedUses.Reason.RETIRED, "192.0.2.1");
        world.controlPlane().refusalLog().flush();
        world.clock().advance(Duration.ofMinutes(1));
        world.controlPlane().refusalLog().flush();
        assertThat(events()).containsExactly("DENIED ci RETIRED 192.0.2.1 1");
    }

    @Test
    void oldRetiredValuesAreForgotten() {
        IssuedToken first = world.token(world.own().id(), "ci", OptionalInt.empty());
        ApiTokenId id = first.token().id();
        var _ = world.controlPlane().apiTokens().rotate(world.owner(), world.organizationId(), id);
        world.controlPlane().retiredSecrets().refresh();
        assertThat(check(first.value().reveal())).isEqualTo(new TokenVerdict.Retired(id));
        execute("UPDATE retired_token_secret SET retired_at = '2025-01-01T00:00:00Z'");

        world.controlPlane().retiredSecrets().forgetOld();
        assertThat(check(first.value().reveal())).isEqualTo(new TokenVerdict.Unknown());
        assertThat(number("SELECT count(*) FROM retired_token_secret")).isZero();
    }

    /// Whoever can choose addresses must not be able to fill our memory.
    @Test
    void memoryIsBounded() {
        ApiTokenId id =
                world.token(world.own().id(), "ci", OptionalInt.empty()).token().id();
        for (int i = 0; i < ObservedUses.COUNTED_MAX + 500; i++) {
            refuse(id, ObservedUses.Reason.EXPIRED, "2001:db8::" + Integer.toHexString(i));
        }
        List<ObservedUses.Entry> entries = observed.drain();
        assertThat(entries).hasSize(ObservedUses.COUNTED_MAX + 1);
        assertThat(entries.stream().mapToLong(entry -> entry.tally().uses()).sum())
                .isEqualTo(ObservedUses.COUNTED_MAX + 500);
        assertThat(entries)
                .filteredOn(entry -> entry.counted().address().equals("many"))
                .singleElement()
                .satisfies(entry -> assertThat(entry.tally().uses()).isEqualTo(500));
    }

    @Test
    void theClientThatUsedATokenLastIsWrittenWithItsUse() {
        IssuedToken issued = world.token(world.own().id(), "ci", OptionalInt.empty());
        assertThat(check(issued.value().reveal())).isInstanceOf(TokenVerdict.Accepted.class);
        observed.used(
                issued.token().principal().subject(),
                new Caller.Origin(
                        "r",
                        "a",
                        "astro-cli/1.45.0",
                        new Caller.Client("deploy-action", "2", "linux-amd64"),
                        "GET",
                        "/"));
        world.controlPlane().lastUses().flush();
        assertThat(lastClient()).isEqualTo("deploy-action/2");

        world.clock().advance(Duration.ofMinutes(1));
        assertThat(check(issued.value().reveal())).isInstanceOf(TokenVerdict.Accepted.class);
        observed.used(issued.token().principal().subject(), new Caller.Origin("r", "a", "c".repeat(300)));
        world.controlPlane().lastUses().flush();
        assertThat(lastClient()).isEqualTo("c".repeat(64));
    }

    private TokenVerdict check(String value) {
        return world.controlPlane().liveTokens().check(value);
    }

    private void refuse(ApiTokenId id, ObservedUses.Reason reason, String address) {
        observed.refused(
                new ObservedUses.Refusal(id, reason),
                ObservedUses.Edge.GATEWAY,
                new Caller.Origin("request", address, "curl/8"));
    }

    private List<String> events() {
        return world.controlPlane()
                .transactions()
                .inTransaction(
                        tx -> tx.handle().createQuery("""
                                SELECT outcome || ' ' || (subject ->> 'name') || ' ' || (details ->> 'reason') || ' '
                                    || address || ' ' || (details ->> 'uses')
                                FROM audit_event WHERE action = 'token.refused' ORDER BY id
                                """).mapTo(String.class).list());
    }

    private String lastClient() {
        return world.controlPlane()
                .transactions()
                .inTransaction(tx -> tx.handle()
                        .createQuery("SELECT last_used_client FROM api_token WHERE last_used_at IS NOT NULL")
                        .mapTo(String.class)
                        .one());
    }

    private long number(String query) {
        return world.controlPlane()
                .transactions()
                .inTransaction(
                        tx -> tx.handle().createQuery(query).mapTo(Long.class).one());
    }

    private void execute(String statement) {
        world.controlPlane().transactions().useTransaction(tx -> tx.handle().execute(statement));
    }
}
