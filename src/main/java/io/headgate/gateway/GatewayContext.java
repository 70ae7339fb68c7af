package io.headgate.gateway;

import io.headgate.deployment.AirflowChanges;
import io.headgate.token.ObservedUses;
import io.headgate.token.RequestLimits;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import java.net.SocketAddress;
import java.util.Set;
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
        AirflowChanges changes,
        BooleanSupplier draining) {
    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    /// Decides about a request; a source that presents too many bad credentials is told that instead of 401.
    ///
    /// @param secure whether the connection is TLS
    Admitted admit(HttpRequest request, SocketAddress peer, boolean secure) {
        Admitted admitted = recordable(request, admission.admit(request, proxies.isHttps(request, peer, secure)));
        if (admitted instanceof Admitted.ToForward) {
            return MessageRules.lengthObjection(request, settings.limits())
                    .<Admitted>map(Admitted.Refused::new)
                    .orElse(admitted);
        }
        if (!(admitted instanceof Admitted.Refused refused)
                || !refused.refusal().refusesCredential()) {
            return admitted;
        }
        return limits.failure(proxies.addressOf(request, peer))
                .<Admitted>map(excess -> new Admitted.Refused(
                        Refusal.tooMany(
                                FailureMode.SOURCE_LIMITED,
                                "Too many refused credentials from this address, and this one is refused too",
                                excess),
                        refused.counted()))
                .orElse(refused);
    }

    /// Counts what was decided against a token that is known, and notes which client used one that is good.
    void observe(Admitted admitted, HttpRequest request, String requestId, SocketAddress peer) {
        switch (admitted) {
            case Admitted.Refused refused ->
                refused.counted().ifPresent(refusal -> count(refusal, request, requestId, peer));
            case Admitted.Led _ -> {}
            case Admitted.ToForward(Passage passage) -> used(passage, request, requestId, peer);
            case Admitted.ToInspect inspected -> used(inspected.passage(), request, requestId, peer);
        }
    }

    /// Counts an objection to the body of a request that might have passed by its head.
    void observe(Passage passage, Refusal objection, HttpRequest request, String requestId, SocketAddress peer) {
        if (objection.mode() == FailureMode.PERMISSION_MISSING) {
            Admitted.Refused.counted(passage.subject(), ObservedUses.Reason.NOT_PERMITTED)
                    .ifPresent(refusal -> count(refusal, request, requestId, peer));
        }
    }

    /// Whether this request may change something in Airflow: then its outcome is recorded.
    static boolean changes(HttpRequest request, Passage passage) {
        return !READING.contains(request.method())
                && passage.route().requirement().changes();
    }

    /// Keeps a change for the audit log.
    ///
    /// @param status of Airflow's answer, or {@link AirflowChanges.Change#NO_ANSWER}
    void changed(Passage passage, HttpRequest request, String requestId, SocketAddress peer, int status) {
        changes.add(new AirflowChanges.Change(
                passage.subject(),
                RequestOrigin.withTarget(request, requestId, proxies.addressOf(request, peer)),
                passage.deployment(),
                request.method() + " " + passage.route().template(),
                status));
    }

    private Admitted recordable(HttpRequest request, Admitted admitted) {
        if (changes.haveRoom()) {
            return admitted;
        }
        boolean wouldChange = switch (admitted) {
            case Admitted.Refused _, Admitted.Led _ -> false;
            case Admitted.ToForward(Passage passage) -> changes(request, passage);
            case Admitted.ToInspect(Passage passage, BulkRule _) -> changes(request, passage);
        };
        return wouldChange
                ? new Admitted.Refused(Refusal.retryLater(
                        FailureMode.CHANGE_UNRECORDED, "changes cannot be recorded at the moment", 5))
                : admitted;
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
