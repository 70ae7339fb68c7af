package io.headgate.ui.session;

import io.headgate.deployment.DeploymentAddresses;
import io.headgate.identity.Session;
import io.headgate.kernel.SecretText;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.NewCookie;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/// The cookie that holds a session's secret (item 44): for no script, for no other site and, over https, for this very
/// host only.
///
/// Cookies ignore ports, so on plain-http loopback the port is in the name: two installations on one machine do not
/// sign each other out.
@Singleton
public final class SessionCookie {
    private static final String NAME = "headgate";

    private final String name;
    private final boolean secure;

    SessionCookie(DeploymentAddresses addresses) {
        URI url = addresses.controlPlane();
        this.secure = url.getScheme().equals("https");
        this.name = secure ? "__Host-" + NAME : NAME + "-" + url.getPort();
    }

    /// Gives a browser the secret of its session.
    public NewCookie holding(SecretText secret) {
        return cookie(secret.reveal(), (int) Session.LIFETIME.toSeconds());
    }

    /// Takes it away.
    public NewCookie cleared() {
        return cookie("", 0);
    }

    Optional<String> in(Map<String, Cookie> cookies) {
        return Optional.ofNullable(cookies.get(name)).map(Cookie::getValue).filter(value -> !value.isEmpty());
    }

    private NewCookie cookie(String value, int seconds) {
        return new NewCookie.Builder(name)
                .value(value)
                .path("/")
                .maxAge(seconds)
                .httpOnly(true)
                .secure(secure)
                .sameSite(NewCookie.SameSite.LAX)
                .build();
    }
}
