package io.headgate.gateway;

import io.headgate.access.Principal;
import io.headgate.deployment.DeploymentAddresses;
import io.headgate.deployment.DeploymentRoutes;
import io.headgate.identity.AirflowSignIns;
import io.headgate.identity.Session;
import io.headgate.kernel.DeploymentId;
import io.headgate.kernel.SecretText;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Lets browsers in at a Deployment's own origin, by single sign-on with the control plane.
///
/// 1. A person who comes without a good pass is led to the control plane, with a `state` that stays in a cookie.
/// 2. The control plane, where they are signed in or sign in, leads them back with a one-time code.
/// 3. Code and state must belong together, or somebody else's code would sign them on as somebody else. They get a pass
///    and are led on.
/// 4. With a pass they are the user of its session, in the same table and with the same checks as a token.
///
/// It cannot go in circles: only a person's own step starts it, every way in ends on a page that leads no further, and
/// a browser that keeps no cookie fails at step 3, which is such a page.
final class SignOn {
    private static final List<String> FINISH = List.of(".headgate", "sign-in");
    private static final List<String> AIRFLOW_SIGN_IN = List.of("api", "v2", "auth", "login");
    private static final List<String> AIRFLOW_SIGN_OUT = List.of("api", "v2", "auth", "logout");
    private static final int STATE_BYTES = 16;

    private final DeploymentRoutes deployments;
    private final AirflowSignIns signIns;
    private final DeploymentAddresses addresses;
    private final AirflowCookies cookies;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /// Signing on at either origin of a Deployment: what a browser keeps at one it does not send to the other.
    record ByScheme(SignOn http, SignOn https) {
        static ByScheme at(
                DeploymentRoutes deployments, AirflowSignIns signIns, DeploymentAddresses addresses, Clock clock) {
            return new ByScheme(
                    new SignOn(deployments, signIns, addresses, clock),
                    new SignOn(deployments, signIns, addresses.overHttps(), clock));
        }

        SignOn over(boolean secure) {
            return secure ? https : http;
        }
    }

    SignOn(DeploymentRoutes deployments, AirflowSignIns signIns, DeploymentAddresses addresses, Clock clock) {
        this.deployments = deployments;
        this.signIns = signIns;
        this.addresses = addresses;
        this.cookies = new AirflowCookies(addresses);
        this.clock = clock;
    }

    /// Where step 3 is.
    static String path(String namespace) {
        return "/" + namespace + "/" + String.join("/", FINISH);
    }

    /// Whether a path below a namespace is answered here, so that nobody is ever led on to it.
    static boolean isOwn(List<String> segments) {
        return segments.getFirst().equals(FINISH.getFirst())
                || segments.equals(AIRFLOW_SIGN_IN)
                || segments.equals(AIRFLOW_SIGN_OUT);
    }

    /// Decides about a request without another credential that came to a Deployment's own origin.
    ///
    /// @param known what becomes of the request if it is that of somebody who is signed on
    Admitted admit(HttpRequest request, RequestTarget target, Function<Principal, Admitted> known) {
        String namespace = target.namespace();
        if (request.method().equals(HttpMethod.GET) && target.segments().equals(FINISH)) {
            return finish(request, target);
        }
        if (BrowserRequest.mayBeLed(request)) {
            if (target.segments().equals(AIRFLOW_SIGN_IN)) {
                return start(namespace, OwnPath.parameter(target.query(), "next"));
            }
            // Signing out is a form there: a link that anybody can make signs nobody out.
            if (target.segments().equals(AIRFLOW_SIGN_OUT)) {
                return new Admitted.Led(Lead.to(addresses.controlPlane() + "/account"));
            }
        }
        Optional<Session> session = session(request, namespace);
        if (session.isEmpty()) {
            return BrowserRequest.isNavigation(request)
                    ? start(namespace, target.forwarded())
                    : new Admitted.Refused(Refusal.notAuthenticated());
        }
        return BrowserRequest.isFrom(request, addresses.browserOrigin(namespace))
                ? known.apply(session.get().user().principal())
                : new Admitted.Refused(Refusal.of(
                        FailureMode.FOREIGN_ORIGIN,
                        "Forbidden: this request was not sent by a page of " + addresses.browserOrigin(namespace)));
    }

    private Optional<Session> session(HttpRequest request, String namespace) {
        List<SecretText> passes = cookies.passes(request);
        return passes.isEmpty()
                ? Optional.empty()
                : deployment(namespace)
                        .flatMap(id -> passes.stream()
                                .flatMap(pass -> signIns.find(pass, id).stream())
                                .findFirst());
    }

    /// Also for a namespace that there is none of: a stranger learns nothing from where they are led.
    private Admitted start(String namespace, String wanted) {
        byte[] bytes = new byte[STATE_BYTES];
        random.nextBytes(bytes);
        String state = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        String location = "%s/airflow-sign-in?namespace=%s&state=%s&next=%s%s"
                .formatted(
                        addresses.controlPlane(),
                        encoded(namespace),
                        state,
                        encoded(OwnPath.below(namespace, wanted)),
                        addresses.isHttps() ? "&scheme=https" : "");
        return new Admitted.Led(Lead.to(location, cookies.state(namespace, state)));
    }

    private Admitted finish(HttpRequest request, RequestTarget target) {
        String namespace = target.namespace();
        SecretText code = new SecretText(OwnPath.parameter(target.query(), "code"));
        return deployment(namespace)
                .flatMap(id -> signIns.redeem(code, id))
                .filter(redeemed -> cookies.holdState(request, redeemed.wish().state()))
                .<Admitted>map(redeemed -> new Admitted.Led(signedOn(namespace, redeemed)))
                .orElseGet(() -> new Admitted.Refused(unfinished(namespace)));
    }

    private Lead signedOn(String namespace, AirflowSignIns.Redeemed redeemed) {
        Session session = redeemed.session();
        AirflowSignIns.Wish wish = redeemed.wish();
        return new Lead(
                HttpResponseStatus.SEE_OTHER,
                OwnPath.below(namespace, wish.next()),
                List.of(
                        cookies.pass(
                                namespace,
                                signIns.pass(session, wish.deployment()),
                                Duration.between(clock.instant(), session.endsAt())),
                        cookies.stateOver(namespace, wish.state())));
    }

    private Refusal unfinished(String namespace) {
        return Refusal.of(
                        FailureMode.SIGN_IN_UNFINISHED,
                        "Signing in to this Airflow did not come to its end: it was begun in another browser, or it took"
                                + " more than a minute, or this browser keeps no cookies")
                .linkedTo(addresses.browserOrigin(namespace) + OwnPath.home(namespace));
    }

    private Optional<DeploymentId> deployment(String namespace) {
        return deployments.find(namespace).map(route -> route.scope().deploymentId());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
