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
import io.headgate.token.TokenVerdict;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What each verdict becomes; whatever cannot be checked is never allowed (item 43).
final class AuthenticationTest {
    private static final ApiTokenId ID = new ApiTokenId("ctok00000000000000000000a");
    private static final Scope HOME = new Scope.OfOrganization(new OrganizationId("corg00000000000000000000a"));
    private static final Principal PRINCIPAL = new Principal(new Subject.ApiToken(ID, "ci"), List.of());

    private static final Caller.Origin ORIGIN = new Caller.Origin("r", "192.0.2.1", "t");

    @Test
    void letsAnAcceptedTokenIn() {
        assertThat(new Authentication(_ -> new TokenVerdict.Accepted(ID, PRINCIPAL, HOME), observed())
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

    private static Problem problem(TokenVerdict verdict) {
        return catchThrowableOfType(
                        ProblemException.class,
                        () -> new Authentication(_ -> verdict, observed())
                                .principal(new PresentedCredential.Bearer("x"), false, ORIGIN))
                .problem();
    }

    private static ObservedUses observed() {
        return new ObservedUses(Clock.systemUTC());
    }
}
