package io.headgate.gateway;

import io.headgate.access.Policy;
import io.headgate.access.Principal;
import io.headgate.deployment.DeploymentRoute;
import io.headgate.deployment.DeploymentRoutes;
import io.headgate.token.ObservedUses;
import io.headgate.token.RequestLimits;
import io.headgate.token.TokenLookup;
import io.headgate.token.TokenVerdict;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import java.util.List;
import java.util.Optional;

/// Decides about a request from its head, in this order, and stops at the first refusal:
///
/// 1. the host is one of ours;
/// 2. message and target can be understood in one way only, and no token stands in the URL;
/// 3. the credential is good: nothing about namespaces is said to a stranger; without one, a browser at the own origin
///    of a Deployment is known by its cookie, or led to sign on ({@link SignOn});
/// 4. the token has not asked too often, whatever it asks for;
/// 5. the Deployment exists and the caller may see it, otherwise one and the same 404;
/// 6. the rest is for {@link RouteAccess}.
///
/// Pure and quick: no blocking call, no database; it runs on the event loop.
final class Admission {
    private final KnownHosts hosts;
    private final TokenLookup tokens;
    private final DeploymentRoutes deployments;
    private final RouteAccess access;
    private final RequestLimits limits;
    private final SignOn.ByScheme signOn;

    Admission(
            KnownHosts hosts,
            TokenLookup tokens,
            DeploymentRoutes deployments,
            RouteAccess access,
            RequestLimits limits,
            SignOn.ByScheme signOn) {
        this.hosts = hosts;
        this.tokens = tokens;
        this.deployments = deployments;
        this.access = access;
        this.limits = limits;
        this.signOn = signOn;
    }

    /// @param https how the caller came, which decides what the own origin of a Deployment is
    Admitted admit(HttpRequest request, boolean https) {
        List<String> host = request.headers().getAll(HttpHeaderNames.HOST);
        return switch (hosts.check(host)) {
            case KnownHosts.Answer.Malformed _ ->
                refused(FailureMode.HOST_MALFORMED, "exactly one Host header with a host name is needed");
            case KnownHosts.Answer.NotOurs _ -> misdirected();
            case KnownHosts.Answer.AnyNamespace _ -> understand(request, https, host.getFirst(), Optional.empty());
            case KnownHosts.Answer.Only(String namespace) ->
                understand(request, https, host.getFirst(), Optional.of(namespace));
        };
    }

    private Admitted understand(HttpRequest request, boolean https, String host, Optional<String> onlyNamespace) {
        Optional<Refusal> objection = MessageRules.objection(request);
        if (objection.isPresent()) {
            return new Admitted.Refused(objection.get());
        }
        return switch (RequestTarget.read(request.uri(), host)) {
            case RequestTarget.Unclear(String reason) -> refused(FailureMode.TARGET_REFUSED, "Refused: " + reason);
            case RequestTarget.Understood(RequestTarget target) -> {
                if (onlyNamespace.isPresent() && !onlyNamespace.get().equals(target.namespace())) {
                    yield target.forwarded().equals("/") && BrowserRequest.isNavigation(request)
                            ? new Admitted.Led(Lead.to(OwnPath.home(onlyNamespace.get())))
                            : misdirected();
                }
                yield ExposedToken.inQuery(target.query()) || ExposedToken.inText(target.forwarded())
                        ? refused(
                                FailureMode.TOKEN_EXPOSED,
                                "Refused: a token in the URL; rotate it, and send it as Authorization: Bearer")
                        : authenticate(request, target, onlyNamespace.map(_ -> signOn.over(https)));
            }
        };
    }

    /// @param atOwnOrigin how browsers are known there, if the request came to the own origin of a Deployment
    private Admitted authenticate(HttpRequest request, RequestTarget target, Optional<SignOn> atOwnOrigin) {
        return switch (PresentedCredential.in(request.headers())) {
            case PresentedCredential.Missing _ ->
                atOwnOrigin
                        .map(known -> known.admit(request, target, principal -> locate(request, target, principal)))
                        .orElseGet(() -> new Admitted.Refused(Refusal.notAuthenticated()));
            case PresentedCredential.Several _ ->
                refused(FailureMode.TWO_CREDENTIALS, "Refused: more than one credential in the request");
            case PresentedCredential.Misplaced _ ->
                refused(FailureMode.TOKEN_EXPOSED, "Refused: a token in a header other than Authorization");
            case PresentedCredential.Bearer(String value) ->
                switch (tokens.check(value)) {
                    case TokenVerdict.Accepted accepted ->
                        limits.gateway(accepted.tokenId())
                                .<Admitted>map(excess -> new Admitted.Refused(Refusal.tooMany(
                                        FailureMode.TOKEN_LIMITED, "Too many requests with this token", excess)))
                                .orElseGet(() -> locate(request, target, accepted.principal()));
                    case TokenVerdict.Expired expired ->
                        new Admitted.Refused(
                                Refusal.tokenExpired(expired.endedAt()),
                                expired.tokenId(),
                                ObservedUses.Reason.EXPIRED);
                    case TokenVerdict.Retired retired ->
                        new Admitted.Refused(Refusal.tokenRefused(), retired.tokenId(), ObservedUses.Reason.RETIRED);
                    case TokenVerdict.Unknown _ -> new Admitted.Refused(Refusal.tokenRefused());
                    case TokenVerdict.Unavailable _ ->
                        new Admitted.Refused(Refusal.retryLater(
                                FailureMode.TOKEN_UNCHECKED, "the token cannot be checked at the moment", 5));
                };
        };
    }

    private Admitted locate(HttpRequest request, RequestTarget target, Principal principal) {
        Optional<DeploymentRoute> deployment =
                deployments.find(target.namespace()).filter(found -> Policy.sees(principal, found.scope()));
        return deployment.isEmpty()
                ? new Admitted.Refused(Refusal.notFound(), principal.subject(), ObservedUses.Reason.NOT_VISIBLE)
                : access.decide(request, target, principal, deployment.get());
    }

    private static Admitted misdirected() {
        return refused(FailureMode.UNKNOWN_HOST, "Misdirected Request: this host name does not serve that path");
    }

    private static Admitted refused(FailureMode mode, String detail) {
        return new Admitted.Refused(Refusal.of(mode, detail));
    }
}
