package io.headgate.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.headgate.access.Caller;
import io.headgate.access.Principal;
import io.headgate.access.Scope;
import io.headgate.access.Subject;
import io.headgate.kernel.ApiTokenId;
import io.headgate.kernel.OrganizationId;
import io.headgate.kernel.Problem;
import io.headgate.kernel.ProblemException;
import io.headgate.token.ObservedUses;
import io.headgate.token.RequestLimits;
import io.headgate.token.TokenVerdict;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What each verdict becomes; whatever cannot be checked is never allowed (item 43).
final class AuthenticationTest {
    private static final ApiTokenId ID = new ApiTokenId("ctok00000000000000000000a");
    private static final Scope HOME = new Scope.OfOrganization(new OrganizationId("corg00000000000000000000a"));
    private static final Principal PRINCIPAL = new Principal(new Subject.ApiToken(ID, "ci"), List.of());

    private static final Caller.Origin ORIGIN = new Caller.Origin("r", "192.0.2.1", "t");

    @Test
    void letsAnAcceptedTokenIn() {
        assertThat(new Authentication(
                                _ -> new TokenVerdict.Accepted(ID, PRINCIPAL, HOME), observed(), RequestLimits.none())
                        .principal(new PresentedCredential.Bearer("x"), false, ORIGIN))
                .isEqualTo(PRINCIPAL);
    }

    @Test
    void failsClosedWhenTokensCannotBeChecked() {
        assertThat(problem(new TokenVerdict.Unavailable()).status()).isEqualTo(503);
    }

    @Test
    void tellsTheHolderOfAnExpiredTokenSinceWhen() {
        Problem problem = problem(new TokenVerdict.Expired(ID, Instant.parse("2026-02-01T03:04:05Z")));

        assertThat(problem.status()).isEqualTo(401);
        assertThat(problem.message()).contains("expired on 2026-02-01T03:04:05Z");
    }

    @Test
    void tellsStrangersNothing() {
        Problem problem = problem(new TokenVerdict.Unknown());

        assertThat(problem.status()).isEqualTo(401);
        assertThat(problem.message()).doesNotContain("expired");
    }

    @Test
    void aTokenThatAsksTooOftenIsToldWhenToComeBackAndOthersAreNot() {
        long[] nanos = {0};
        ApiTokenId noisy = new ApiTokenId("ctok00000000000000000000b");
        Authentication authentication = new Authentication(
                text -> new TokenVerdict.Accepted(text.equals("noisy") ? noisy : ID, PRINCIPAL, HOME),
                observed(),
                RequestLimits.standard(() -> nanos[0]));
        for (int i = 0; i < 25; i++) {
            assertThat(ask(authentication, "noisy", "GET"))
                    .as("control: within the limit")
                    .isNull();
        }

        Problem problem = Objects.requireNonNull(ask(authentication, "noisy", "GET"));

        assertThat(problem.status()).isEqualTo(429);
        assertThat(problem.message())
                .isEqualTo("too many GET requests with this API token: at most 25 a second; wait 1 s");
        assertThat(problem.retryAfterSeconds()).isEqualTo(1);
        assertThat(ask(authentication, "noisy", "DELETE")).as("another verb").isNull();
        assertThat(ask(authentication, "quiet", "GET")).as("another token").isNull();
        nanos[0] += Duration.ofSeconds(1).toNanos() * problem.retryAfterSeconds();
        assertThat(ask(authentication, "noisy", "GET")).isNull();
    }

    @Test
    void aSourceOfManyBadCredentialsIsToldSoAndItsGoodOnesAreLetIn() {
        Authentication authentication = new Authentication(
                text -> text.equals("good")
                        ? new TokenVerdict.Accepted(ID, PRINCIPAL, HOME)
                        : new TokenVerdict.Unknown(),
                observed(),
                RequestLimits.standard(() -> 0));
        for (int i = 0; i < 50; i++) {
            assertThat(Objects.requireNonNull(ask(authentication, "bad", "GET")).status())
                    .isEqualTo(401);
        }

        assertThat(Objects.requireNonNull(ask(authentication, "bad", "GET")).status())
                .isEqualTo(429);

        assertThat(ask(authentication, "good", "GET")).isNull();
    }

    private static @Nullable Problem ask(Authentication authentication, String token, String method) {
        Caller.Origin origin = new Caller.Origin("r", "192.0.2.1", "t", Caller.Client.UNNAMED, method, "/v1");
        ProblemException refused = catchThrowableOfType(
                ProblemException.class,
                () -> authentication.principal(new PresentedCredential.Bearer(token), false, origin));
        return refused == null ? null : refused.problem();
    }

    private static Problem problem(TokenVerdict verdict) {
        return catchThrowableOfType(
                        ProblemException.class,
                        () -> new Authentication(_ -> verdict, observed(), RequestLimits.none())
                                .principal(new PresentedCredential.Bearer("x"), false, ORIGIN))
                .problem();
    }

    private static ObservedUses observed() {
        return new ObservedUses(Clock.systemUTC());
    }
}
