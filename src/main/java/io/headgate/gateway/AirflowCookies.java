package io.headgate.gateway;

import io.headgate.deployment.DeploymentAddresses;
import io.headgate.kernel.SecretText;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.cookie.Cookie;
import io.netty.handler.codec.http.cookie.ServerCookieDecoder;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/// The two cookies at the origin of a Deployment: the pass, and what a sign-on under way is recognised by.
///
/// Over https they are `__Host-` cookies: no page of a sibling origin can plant one for the whole domain. Those must be
/// for the path `/`, which is no wider than the Deployment's own, because its origin serves nothing else. Over plain
/// http they are for that path alone. A port is part of their name, because cookies ignore ports.
final class AirflowCookies {
    private static final String PASS = "headgate-airflow";
    private static final String STATE = "headgate-airflow-state";
    private static final int TELLING_APART = 8;

    /// Each costs a seal, also of a stranger.
    private static final int PASSES_MAX = 16;

    /// Long enough to sign in meanwhile.
    private static final Duration STATE_LIFETIME = Duration.ofMinutes(10);

    private final boolean secure;
    private final String passName;
    private final String stateName;

    AirflowCookies(DeploymentAddresses addresses) {
        URI url = addresses.gateway();
        this.secure = addresses.isHttps();
        this.passName = named(PASS, url);
        this.stateName = named(STATE, url);
    }

    private String named(String name, URI url) {
        return (secure ? "__Host-" : "") + name + (url.getPort() < 0 ? "" : "-" + url.getPort());
    }

    /// The passes in a request. A page of another origin may have added some: they keep the good one from working no
    /// more than they cost.
    List<SecretText> passes(HttpRequest request) {
        return values(request, passName).stream()
                .limit(PASSES_MAX)
                .map(SecretText::new)
                .toList();
    }

    String pass(String namespace, SecretText pass, Duration life) {
        return cookie(passName, pass.reveal(), "/" + namespace + "/", life);
    }

    /// One for each sign-on: several tabs may be under way at once.
    String state(String namespace, String state) {
        return cookie(nameOf(state), state, SignOn.path(namespace), STATE_LIFETIME);
    }

    String stateOver(String namespace, String state) {
        return cookie(nameOf(state), "", SignOn.path(namespace), Duration.ZERO);
    }

    boolean holdState(HttpRequest request, String state) {
        SecretText wanted = new SecretText(state);
        return values(request, nameOf(state)).stream().anyMatch(value -> new SecretText(value).matches(wanted));
    }

    private String nameOf(String state) {
        return stateName + "-" + state.substring(0, Math.min(TELLING_APART, state.length()));
    }

    private static List<String> values(HttpRequest request, String name) {
        return request.headers().getAll(HttpHeaderNames.COOKIE).stream()
                .flatMap(header -> ServerCookieDecoder.STRICT.decodeAll(header).stream())
                .filter(cookie -> cookie.name().equals(name))
                .map(Cookie::value)
                .filter(value -> !value.isEmpty())
                .toList();
    }

    private String cookie(String name, String value, String path, Duration life) {
        return "%s=%s; Path=%s; Max-Age=%d; HttpOnly; SameSite=Lax%s"
                .formatted(name, value, secure ? "/" : path, life.toSeconds(), secure ? "; Secure" : "");
    }
}
