package io.headgate.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.access.Caller;
import io.headgate.access.Principal;
import io.headgate.kernel.ApiTokenId;
import io.headgate.kernel.PageRequest;
import io.headgate.kernel.ProblemException;
import io.headgate.testing.TestControlPlane;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// From create to delete, on a real PostgreSQL.
final class TokenLifeTest {
    private static final TestControlPlane WORLD = new TestControlPlane();

    private final ApiTokens tokens = WORLD.controlPlane().apiTokens();
    private final TokenLookup lookup = WORLD.controlPlane().liveTokens();

    @AfterAll
    static void close() {
        WORLD.close();
    }

    @Nested
    final class Creating {
        /// S3: a credential for one Deployment. S9: it has the fixed role.
        @Test
        void aFreshValueIsAcceptedAtOnceForItsDeploymentOnly() {
            IssuedToken issued = token("fresh");
            assertThat(lookup.check(issued.value().reveal()))
                    .isInstanceOfSatisfying(TokenVerdict.Accepted.class, accepted -> {
                        assertThat(accepted.tokenId()).isEqualTo(issued.token().id());
                        assertThat(accepted.home()).isEqualTo(WORLD.own().scope());
                        assertThat(accepted.principal().grants()).hasSize(1);
                    });
            assertThat(issued.token().role().name()).isEqualTo("DEPLOYMENT_ADMIN");
            assertThat(lookup.check(issued.value().reveal() + "x")).isInstanceOf(TokenVerdict.Unknown.class);
        }

        /// S27: nothing blocks a second token of the same name.
        @Test
        void twoTokensMayHaveOneNameAndHaveTwoValues() {
            IssuedToken first = token("twin");
            IssuedToken second = token("twin");
            assertThat(first.token().id()).isNotEqualTo(second.token().id());
            assertThat(first.value().reveal()).isNotEqualTo(second.value().reveal());
        }

        /// Item 5: the identifier alone authenticates nothing.
        @Test
        void theIdOfATokenIsNoCredentialAndItsValueIs() {
            IssuedToken issued = token("by-id");
            assertThat(lookup.check(issued.token().id().value())).isInstanceOf(TokenVerdict.Unknown.class);
            assertThat(lookup.check(issued.value().reveal())).isInstanceOf(TokenVerdict.Accepted.class);
        }
    }

    @Nested
    final class Updating {
        /// S22, S23: name and description change, the value works on, nothing else moves.
        @Test
        void changesNameAndDescriptionAndNothingElse() {
            IssuedToken issued = token("before");
            WORLD.clock().advance(Duration.ofMinutes(1));
            ApiToken updated = tokens.update(
                    WORLD.owner(),
                    WORLD.organizationId(),
                    issued.token().id(),
                    new TokenNaming("after", Optional.of("says more")));
            assertThat(updated.name()).isEqualTo("after");
            assertThat(updated.description()).isEqualTo("says more");
            assertThat(updated.authorship().updatedAt())
                    .isAfter(issued.token().authorship().updatedAt());
            assertThat(updated.validity()).isEqualTo(issued.token().validity());
            assertThat(updated.shortToken()).isEqualTo(issued.token().shortToken());
            assertThat(lookup.check(issued.value().reveal())).isInstanceOf(TokenVerdict.Accepted.class);
        }
    }

    @Nested
    final class Rotating {
        /// S28, S30, S31, S35, item 23.
        @Test
        void theOldValueStopsOnTheNextRequestAndTheNewOneHasTheSameRights() {
            IssuedToken old = token("rotated", OptionalInt.of(30));
            Principal before = accepted(old.value().reveal()).principal();
            WORLD.clock().advance(Duration.ofDays(20));
            IssuedToken fresh = tokens.rotate(
                    WORLD.owner(), WORLD.organizationId(), old.token().id());

            assertThat(lookup.check(old.value().reveal())).isInstanceOf(TokenVerdict.Unknown.class);
            assertThat(accepted(fresh.value().reveal()).principal()).isEqualTo(before);
            assertThat(fresh.token().id()).isEqualTo(old.token().id());
            assertThat(fresh.token().name()).isEqualTo(old.token().name());
            assertThat(fresh.token().description()).isEqualTo(old.token().description());
            assertThat(fresh.token().role()).isEqualTo(old.token().role());
            assertThat(fresh.token().shortToken()).isNotEqualTo(old.token().shortToken());
            Instant now = WORLD.clock().instant();
            assertThat(fresh.token().validity().startAt()).isEqualTo(now);
            assertThat(fresh.token().validity().endAt()).contains(now.plus(Duration.ofDays(30)));
            assertThat(fresh.token().lastRotatedAt()).contains(now);
        }

        /// Item 22: under a hundred calls at once there is one winner, and never a moment without a valid value.
        @Test
        void aHundredRotationsAtOnceLeaveExactlyOneValueThatWorks() throws Exception {
            IssuedToken first = token("contended");
            Set<String> values = ConcurrentHashMap.newKeySet();
            values.add(first.value().reveal());
            AtomicBoolean done = new AtomicBoolean();
            AtomicBoolean everNone = new AtomicBoolean();
            try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
                Future<?> watcher = pool.submit(() -> {
                    while (!done.get()) {
                        // a value handed out meanwhile is looked at in the second round
                        if (acceptedAmong(values).isEmpty()
                                && acceptedInDatabase(first.token().id()) == 0) {
                            everNone.set(true);
                        }
                    }
                });
                List<Future<IssuedToken>> rotations = new ArrayList<>();
                for (int i = 0; i < 100; i++) {
                    rotations.add(pool.submit(() -> tokens.rotate(
                            WORLD.owner(), WORLD.organizationId(), first.token().id())));
                }
                for (Future<IssuedToken> rotation : rotations) {
                    values.add(rotation.get().value().reveal());
                }
                done.set(true);
                watcher.get();
            }
            assertThat(values).hasSize(101);
            assertThat(acceptedAmong(values)).hasSize(1);
            assertThat(everNone).isFalse();
        }

        /// S39: an expired token is still there, and rotation revives it.
        @Test
        void anExpiredTokenIsStillListedAndRotationRevivesIt() {
            IssuedToken old = token("sleeper", OptionalInt.of(1));
            WORLD.clock().advance(Duration.ofDays(2));
            assertThat(lookup.check(old.value().reveal())).isInstanceOf(TokenVerdict.Expired.class);
            assertThat(names()).contains("sleeper");
            IssuedToken fresh = tokens.rotate(
                    WORLD.owner(), WORLD.organizationId(), old.token().id());
            assertThat(lookup.check(fresh.value().reveal())).isInstanceOf(TokenVerdict.Accepted.class);
        }
    }

    @Nested
    final class Expiring {
        /// S18, item 19: to the second, on the server's clock.
        @Test
        void aValueWorksUntilItsEndAndNotAtIt() {
            IssuedToken issued = token("dated", OptionalInt.of(7));
            Instant end = issued.token().validity().endAt().orElseThrow();
            assertThat(end).isEqualTo(issued.token().validity().startAt().plus(Duration.ofDays(7)));
            WORLD.clock().moveTo(end.minusSeconds(1));
            assertThat(lookup.check(issued.value().reveal())).isInstanceOf(TokenVerdict.Accepted.class);
            WORLD.clock().moveTo(end);
            assertThat(lookup.check(issued.value().reveal()))
                    .isEqualTo(new TokenVerdict.Expired(issued.token().id(), end));
            WORLD.clock().moveTo(end.plusSeconds(1));
            assertThat(lookup.check(issued.value().reveal())).isInstanceOf(TokenVerdict.Expired.class);
        }
    }

    @Nested
    final class Deleting {
        /// S26.
        @Test
        void aDeletedTokenIsGoneAtOnceAndASecondDeleteFindsNothing() {
            IssuedToken issued = token("doomed");
            ApiTokenId id = issued.token().id();
            assertThat(lookup.check(issued.value().reveal())).isInstanceOf(TokenVerdict.Accepted.class);
            tokens.delete(WORLD.owner(), WORLD.organizationId(), id);
            assertThat(lookup.check(issued.value().reveal())).isInstanceOf(TokenVerdict.Unknown.class);
            assertThatThrownBy(() -> tokens.view(WORLD.owner(), WORLD.organizationId(), id))
                    .hasMessageContaining("not found");
            assertThatThrownBy(() -> tokens.delete(WORLD.owner(), WORLD.organizationId(), id))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            e -> assertThat(e.problem().status()).isEqualTo(404));
        }

        /// S38, item 26: in the same transaction, with an audit row for each.
        @Test
        void aTokenEndsWithItsDeployment() {
            var doomed = WORLD.deployment("doomed");
            IssuedToken issued = WORLD.token(doomed.id(), "goes-with-it", OptionalInt.empty());
            IssuedToken survivor = token("stays");
            assertThat(lookup.check(issued.value().reveal())).isInstanceOf(TokenVerdict.Accepted.class);
            WORLD.controlPlane().deployments().delete(WORLD.owner(), WORLD.organizationId(), doomed.id());
            assertThat(lookup.check(issued.value().reveal())).isInstanceOf(TokenVerdict.Unknown.class);
            assertThat(names()).doesNotContain("goes-with-it").contains("stays");
            assertThat(lookup.check(survivor.value().reveal())).isInstanceOf(TokenVerdict.Accepted.class);
            assertThat(auditedActions(issued.token().id())).containsExactly("token.created", "token.deleted");
        }
    }

    @Nested
    final class RightsOverTokens {
        /// S36 and row 53: a Deployment token reads the metadata of its own Deployment's tokens and changes none.
        @Test
        void aDeploymentTokenReadsItsOwnDeploymentsTokensAndChangesNone() {
            IssuedToken mine = token("mine");
            IssuedToken siblings = WORLD.token(WORLD.sibling().id(), "theirs", OptionalInt.empty());
            Caller holder = WORLD.holderOf(mine.token());
            var organization = WORLD.organizationId();
            assertThat(tokens.view(holder, organization, mine.token().id()).name())
                    .isEqualTo("mine");
            assertThat(statusOf(() ->
                            tokens.view(holder, organization, siblings.token().id())))
                    .isEqualTo(404);
            assertThat(statusOf(() ->
                            tokens.rotate(holder, organization, mine.token().id())))
                    .isEqualTo(403);
            assertThat(statusOf(() ->
                            tokens.rotate(holder, organization, siblings.token().id())))
                    .isEqualTo(404);
            assertThat(statusOf(() ->
                            tokens.delete(holder, organization, mine.token().id())))
                    .isEqualTo(403);
            assertThat(tokens.list(holder, organization, TokenFilter.none(), PageRequest.everything())
                            .items())
                    .extracting(ApiToken::name)
                    .contains("mine")
                    .doesNotContain("theirs");
            // control: the owner may
            assertThat(tokens.rotate(WORLD.owner(), organization, mine.token().id())
                            .token()
                            .name())
                    .isEqualTo("mine");
        }
    }

    @Nested
    final class LastUse {
        /// T14: to the minute, and not a write per request.
        @Test
        void theLastUseIsKnownToTheMinuteWithoutAWritePerRequest() {
            IssuedToken issued = token("used");
            WORLD.clock().moveTo(Instant.parse("2030-01-01T00:00:30Z"));
            for (int i = 0; i < 1000; i++) {
                lookup.check(issued.value().reveal());
            }
            Instant minute = Instant.parse("2030-01-01T00:00:00Z");
            assertThat(view(issued).lastUsedAt()).contains(minute);
            assertThat(storedLastUse(issued.token().id())).isEmpty();
            WORLD.controlPlane().lastUses().flush();
            assertThat(storedLastUse(issued.token().id())).contains(minute);
            WORLD.clock().moveTo(Instant.parse("2026-01-02T03:04:05Z"));
        }
    }

    private IssuedToken token(String name) {
        return token(name, OptionalInt.empty());
    }

    private IssuedToken token(String name, OptionalInt days) {
        return WORLD.token(WORLD.own().id(), name, days);
    }

    private TokenVerdict.Accepted accepted(String value) {
        return (TokenVerdict.Accepted) lookup.check(value);
    }

    private List<String> acceptedAmong(Set<String> values) {
        return values.stream()
                .filter(value -> lookup.check(value) instanceof TokenVerdict.Accepted)
                .toList();
    }

    private static int acceptedInDatabase(ApiTokenId id) {
        return WORLD.controlPlane()
                .transactions()
                .inTransaction(tx -> tx.handle()
                        .createQuery("SELECT count(*) FROM api_token WHERE id = :id AND secret_hash IS NOT NULL")
                        .bind("id", id)
                        .mapTo(Integer.class)
                        .one());
    }

    private ApiToken view(IssuedToken issued) {
        return tokens.view(WORLD.owner(), WORLD.organizationId(), issued.token().id());
    }

    private List<String> names() {
        return tokens
                .list(WORLD.owner(), WORLD.organizationId(), TokenFilter.none(), PageRequest.everything())
                .items()
                .stream()
                .map(ApiToken::name)
                .toList();
    }

    private static Optional<Instant> storedLastUse(ApiTokenId id) {
        return WORLD.controlPlane()
                .transactions()
                .inTransaction(tx -> tx.handle()
                        .createQuery("SELECT last_used_at FROM api_token WHERE id = :id AND last_used_at IS NOT NULL")
                        .bind("id", id)
                        .mapTo(Instant.class)
                        .findOne());
    }

    private static List<String> auditedActions(ApiTokenId id) {
        return WORLD.controlPlane()
                .transactions()
                .inTransaction(tx -> tx.handle()
                        .createQuery("SELECT action FROM audit_event WHERE entity_id = :id ORDER BY id")
                        .bind("id", id)
                        .mapTo(String.class)
                        .list());
    }

    private static int statusOf(Runnable act) {
        try {
            act.run();
            return 200;
        } catch (ProblemException e) {
            return e.problem().status();
        }
    }
}
