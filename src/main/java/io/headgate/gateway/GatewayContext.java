package io.headgate.gateway;

import io.headgate.token.ObservedUses;
import io.headgate.token.RequestLimits;
import io.netty.handler.codec.http.HttpRequest;
import java.net.SocketAddress;
import java.util.function.BooleanSupplier;

/// What all connections of a gateway share; safe to use from every thread.
///
/// @param draining whether the gateway is stopping and no further request is taken
record GatewayContext(
        GatewaySettings settings,
        Admission admission,
        TrustedProxies proxies,
        ObservedUses observed,
        RequestLimits limits,
        BooleanSupplier draining) {

    /// Decides about a request; a source that presents too many bad credentials is told that instead of 401.
    Admitted admit(HttpRequest request, SocketAddress peer) {
        Admitted admitted = admission.admit(request);
        if (!(admitted instanceof Admitted.Refused refused)
                || !refused.refusal().refusesCredential()) {
            return admitted;
        }
        return limits.failure(proxies.addressOf(request, peer))
                .<Admitted>map(wait -> new Admitted.Refused(
                        Refusal.tooMany(
                                FailureMode.SOURCE_LIMITED,
                                "Too many refused credentials from this address, and this one is refused too",
                                wait),
                        refused.counted()))
                .orElse(refused);
    }

    /// Counts what was decided against a token that is known, and notes which client used one that is good.
    void observe(Admitted admitted, HttpRequest request, String requestId, SocketAddress peer) {
        switch (admitted) {
            case Admitted.Refused refused ->
                refused.counted().ifPresent(refusal -> count(refusal, request, requestId, peer));
            case Admitted.ToForward(Passage passage) -> used(passage, request, requestId, peer);
            case Admitted.ToInspect inspected -> used(inspected.passage(), request, requestId, peer);
        }
    }

    /// Counts an objection to the body of a request that might have passed by its head.
    void observe(Passage passage, Refusal objection, HttpRequest request, String requestId, SocketAddress peer) {
        if (objection.mode() == FailureMode.PERMISSION_MISSING) {
            count(
                    new ObservedUses.Refusal(passage.tokenId(), ObservedUses.Reason.NOT_PERMITTED),
                    request,
                    requestId,
                    peer);
        }
    }

    private void used(Passage passage, HttpRequest request, String requestId, SocketAddress peer) {
        observed.used(passage.subject(), RequestOrigin.of(request, requestId, proxies.addressOf(request, peer)));
    }

    private void count(ObservedUses.Refusal refusal, HttpRequest request, String requestId, SocketAddress peer) {
        observed.refused(
                refusal,
                ObservedUses.Edge.GATEWAY,
                RequestOrigin.of(request, requestId, proxies.addressOf(request, peer)));
    }
}
