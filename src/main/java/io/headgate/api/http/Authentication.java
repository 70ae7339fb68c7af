package io.headgate.api.http;

import io.headgate.access.Caller;
import io.headgate.access.Principal;
import io.headgate.kernel.ApiTokenId;
import io.headgate.token.ObservedUses;
import io.headgate.token.TokenLookup;
import io.headgate.token.TokenVerdict;

/// Decides whether what a request presents identifies a caller; the API has no anonymous ones.
final class Authentication {
    private final TokenLookup tokens;
    private final ObservedUses observed;

    Authentication(TokenLookup tokens, ObservedUses observed) {
        this.tokens = tokens;
        this.observed = observed;
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
                yield accepted.principal();
            }
            case TokenVerdict.Expired expired -> {
                count(expired.tokenId(), ObservedUses.Reason.EXPIRED, origin);
                throw CredentialProblems.expired(expired.endedAt()).asException();
            }
            case TokenVerdict.Retired retired -> {
                count(retired.tokenId(), ObservedUses.Reason.RETIRED, origin);
                throw CredentialProblems.refused().asException();
            }
            case TokenVerdict.Unknown _ -> throw CredentialProblems.refused().asException();
            case TokenVerdict.Unavailable _ ->
                throw CredentialProblems.unavailable().asException();
        };
    }

    private void count(ApiTokenId token, ObservedUses.Reason reason, Caller.Origin origin) {
        observed.refused(new ObservedUses.Refusal(token, reason), ObservedUses.Edge.API, origin);
    }
}
