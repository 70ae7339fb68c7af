package io.headgate.api.http;

import io.headgate.access.Principal;
import io.headgate.token.TokenLookup;
import io.headgate.token.TokenVerdict;

/// Decides whether what a request presents identifies a caller; the API has no anonymous ones.
final class Authentication {
    private final TokenLookup tokens;

    Authentication(TokenLookup tokens) {
        this.tokens = tokens;
    }

    /// A form without a header is taken for a token in the form (RFC 6750 §2.2), which no operation accepts; the body
    /// of a stranger is not read to find out.
    Principal principal(PresentedCredential presented, boolean form) {
        return switch (presented) {
            case PresentedCredential.Missing _ ->
                throw (form ? CredentialProblems.exposed("form body") : CredentialProblems.missing()).asException();
            case PresentedCredential.Several _ ->
                throw CredentialProblems.several().asException();
            case PresentedCredential.InQuery _ ->
                throw CredentialProblems.exposed("URL").asException();
            case PresentedCredential.Bearer bearer -> accepted(tokens.check(bearer.text()));
        };
    }

    private static Principal accepted(TokenVerdict verdict) {
        return switch (verdict) {
            case TokenVerdict.Accepted accepted -> accepted.principal();
            case TokenVerdict.Expired expired ->
                throw CredentialProblems.expired(expired.endedAt()).asException();
            case TokenVerdict.Unknown _ -> throw CredentialProblems.refused().asException();
            case TokenVerdict.Unavailable _ ->
                throw CredentialProblems.unavailable().asException();
        };
    }
}
