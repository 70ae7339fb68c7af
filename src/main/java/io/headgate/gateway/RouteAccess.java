package io.headgate.gateway;

import io.headgate.access.DeploymentPermission;
import io.headgate.access.Grant;
import io.headgate.access.Principal;
import io.headgate.access.Scope;
import io.headgate.deployment.DeploymentRoute;
import io.headgate.deployment.DeploymentRoute.State;
import io.headgate.token.ObservedUses;
import io.netty.handler.codec.http.HttpRequest;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Decides whether a caller who sees a Deployment may call one route of its Airflow now.
///
/// Table, then permissions, then state: whoever may not call a route learns nothing about the Deployment from
/// trying.
final class RouteAccess {
    private static final List<DeploymentPermission> AIRFLOW_PERMISSIONS = Arrays.stream(DeploymentPermission.values())
            .filter(permission -> permission.wireName().startsWith("deployment.airflow."))
            .toList();

    private final Map<String, RouteTable> tableByAirflowVersion;
    private final RouteTable tableWhileNotServing;

    /// `newest` is the version whose table counts while a Deployment serves nothing.
    RouteAccess(Map<String, RouteTable> tableByAirflowVersion, String newest) {
        this.tableByAirflowVersion = Map.copyOf(tableByAirflowVersion);
        this.tableWhileNotServing = Optional.ofNullable(tableByAirflowVersion.get(newest))
                .orElseThrow(() -> new IllegalArgumentException("no route table for Airflow " + newest));
    }

    Admitted decide(HttpRequest request, RequestTarget target, Principal principal, DeploymentRoute deployment) {
        State state = withKnownVersion(deployment.state());
        RouteMatch match =
                tableFor(state).match(request.method().name(), target, MessageRules.wantsHtml(request.headers()));
        return switch (match) {
            case RouteMatch.NoRoute _ -> new Admitted.Refused(Refusal.notFound());
            case RouteMatch.Ambiguous _ ->
                new Admitted.Refused(Refusal.of(FailureMode.TARGET_REFUSED, "Refused: an escaped slash in the path"));
            case RouteMatch.WrongMethod(var allowed) ->
                new Admitted.Refused(Refusal.of(FailureMode.METHOD_NOT_ALLOWED, "Method Not Allowed")
                        .with("Allow", String.join(", ", allowed)));
            case RouteMatch.Found(Route route) -> {
                Set<DeploymentPermission> held = held(principal, deployment.scope());
                yield route.requirement()
                        .objection(held)
                        .<Admitted>map(objection ->
                                new Admitted.Refused(objection, principal.subject(), ObservedUses.Reason.NOT_PERMITTED))
                        .orElseGet(() -> ifServing(
                                state,
                                serving -> new Passage(
                                        principal.subject(), deployment.scope(), held, serving, target, route)));
            }
        };
    }

    private static Admitted ifServing(State state, Function<State.Serving, Passage> passages) {
        return switch (state) {
            case State.NotServing(String reason, int retryAfterSeconds) ->
                new Admitted.Refused(Refusal.retryLater(FailureMode.DEPLOYMENT_NOT_SERVING, reason, retryAfterSeconds));
            case State.Serving serving -> {
                Passage passage = passages.apply(serving);
                yield passage.route().requirement() instanceof Requirement.Bulk(BulkRule rule)
                        ? new Admitted.ToInspect(passage, rule)
                        : new Admitted.ToForward(passage);
            }
        };
    }

    private State withKnownVersion(State state) {
        return state instanceof State.Serving serving && !tableByAirflowVersion.containsKey(serving.airflowVersion())
                ? new State.NotServing("this gateway has no route table for Airflow " + serving.airflowVersion(), 60)
                : state;
    }

    private RouteTable tableFor(State state) {
        return switch (state) {
            case State.Serving serving ->
                tableByAirflowVersion.getOrDefault(serving.airflowVersion(), tableWhileNotServing);
            case State.NotServing _ -> tableWhileNotServing;
        };
    }

    /// A token may hold roles on hundreds of other Deployments: those are passed over once, not once a permission.
    private static Set<DeploymentPermission> held(Principal principal, Scope.OfDeployment scope) {
        Set<DeploymentPermission> held = EnumSet.noneOf(DeploymentPermission.class);
        for (Grant grant : principal.grants()) {
            if (grant.scope().covers(scope)) {
                for (DeploymentPermission permission : AIRFLOW_PERMISSIONS) {
                    if (grant.permissions().contains(permission)) {
                        held.add(permission);
                    }
                }
            }
        }
        return held;
    }
}
