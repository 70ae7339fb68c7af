package io.headgate.api.http;

import io.headgate.access.Caller;
import io.headgate.access.Principal;
import io.headgate.kernel.ApiTokenId;
import io.headgate.kernel.Problem;
import io.headgate.kernel.ProblemException;
import io.headgate.token.ObservedUses;
import io.headgate.token.RequestLimits;
import io.headgate.token.TokenLookup;
import io.headgate.token.TokenVerdict;

/// Decides whether what a request presents identifies a caller; the API has no anonymous ones.
final class Authentication {
    private final TokenLookup tokens;
    private final ObservedUses observed;
    private final RequestLimits limits;

    Authentication(TokenLookup tokens, ObservedUses observed, RequestLimits limits) {
        this.tokens = tokens;
        this.observed = observed;
        this.limits = limits;
    }

    /// A form without a header is taken for a token in the form (RFC 6750 §2.2), which no operation accepts; the body
    /// of a stranger is not read to find out.
    Principal principal(PresentedCredential presented, boolean form, Caller.Origin origin) {
        return switch (presented) {
            case PresentedCredential.Missing _ ->
                throw (form ? CredentialProblems.exposed("form body") : CredentialProblems.missing()).asException();
            case PresentedCredential.Several _ ->
                throw CredentialProblems.several().asException();
            case PresentedCredential.InQuery _ ->
                throw CredentialProblems.exposed("URL").asException();
            case PresentedCredential.Bearer bearer -> accepted(tokens.check(bearer.text()), origin);
        };
    }

    private Principal accepted(TokenVerdict verdict, Caller.Origin origin) {
        return switch (verdict) {
            case TokenVerdict.Accepted accepted -> {
                observed.used(accepted.principal().subject(), origin);
                limits.api(origin.method(), accepted.tokenId()).ifPresent(excess -> {
                    throw CredentialProblems.tooManyRequests(origin.method(), excess)
                            .asException();
                });
                yield accepted.principal();
            }
            case TokenVerdict.Expired expired -> {
                count(expired.tokenId(), ObservedUses.Reason.EXPIRED, origin);
                throw refused(CredentialProblems.expired(expired.endedAt()), origin);
            }
            case TokenVerdict.Retired retired -> {
                count(retired.tokenId(), ObservedUses.Reason.RETIRED, origin);
                throw refused(CredentialProblems.refused(), origin);
            }
            case TokenVerdict.Unknown _ -> throw refused(CredentialProblems.refused(), origin);
            case TokenVerdict.Unavailable _ ->
                throw CredentialProblems.unavailable().asException();
        };
    }

    private ProblemException refused(Problem why, Caller.Origin origin) {
        return limits.failure(origin.address())
                .map(CredentialProblems::tooManyFailures)
                .orElse(why)
                .asException();
    }

    private void count(ApiTokenId token, ObservedUses.Reason reason, Caller.Origin origin) {
        observed.refused(new ObservedUses.Refusal(token, reason), ObservedUses.Edge.API, origin);
    }
}
