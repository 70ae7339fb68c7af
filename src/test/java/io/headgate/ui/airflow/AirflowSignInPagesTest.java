package io.headgate.ui.airflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.access.Role;
import io.headgate.access.Subject;
import io.headgate.api.Answer;
import io.headgate.api.TestApi;
import io.headgate.deployment.Deployment;
import io.headgate.identity.AirflowSignIns;
import io.headgate.identity.Attempt;
import io.headgate.identity.SignIn;
import io.headgate.identity.User;
import io.headgate.kernel.DeploymentId;
import io.headgate.kernel.SecretText;
import io.headgate.launch.ControlPlane;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.http.HttpRequest;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The control plane's half of opening Airflow: who is signed in, and may, gets a code that leads there.
@QuarkusTest
class AirflowSignInPagesTest {
    private static final SecretText PASSWORD = new SecretText("orbit lantern maple seventy");
    private static final String STATE = "abcdefghijklmnopqrstuv";

    @Inject
    TestApi api;

    private Deployment deployment;

    @BeforeEach
    void deploy() {
        deployment = api.healthy("airflow pages");
    }

    @Test
    void whoIsNotSignedInSignsInFirstAndComesBack() {
        Answer away = browse("", path(deployment.namespace(), STATE));

        assertThat(away.status()).isEqualTo(303);
        assertThat(away.header("Location"))
                .endsWith("/sign-in?next=%2Fairflow-sign-in%3Fnamespace%3D" + deployment.namespace() + "%26state%3D"
                        + STATE + "%26next%3D%252F" + deployment.namespace() + "%252Fdags");
    }

    @Test
    void whoIsSignedInIsSentToTheDeploymentWithACode() {
        Answer back = browse(cookie(owner()), path(deployment.namespace(), STATE));

        assertThat(back.status()).isEqualTo(303);
        assertThat(back.header("Cache-Control")).isEqualTo("no-store");
        assertThat(back.header("Location")).startsWith(start());
        assertThat(redeemed(back.header("Location"), deployment.id())).hasValueSatisfying(redeemed -> {
            assertThat(redeemed.session().user().email()).isEqualTo(owner().email());
            assertThat(redeemed.wish())
                    .isEqualTo(new AirflowSignIns.Wish(deployment.id(), STATE, "/" + deployment.namespace() + "/dags"));
        });
        assertThat(api.audited(deployment.id().value())).contains("airflow.opened by " + owner().id());
    }

    /// The form's page lets nothing that follows from it lead to another origin by a redirect.
    @Test
    void whoHasJustSignedInWithAFormIsLedOnByAPage() {
        Answer page = api.send(
                request(cookie(owner()), path(deployment.namespace(), STATE)).header("Sec-Fetch-Site", "same-origin"));

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Refresh")).startsWith("0; url=" + start());
        String address = page.header("Refresh").substring("0; url=".length());
        assertThat(page.text()).contains("href=\"" + address + "\"");
        assertThat(page.header("Cache-Control")).isEqualTo("no-store");
        assertThat(redeemed(address, deployment.id())).isPresent();
    }

    @Test
    void whoMayNotSeeItGetsThePageOfOneThatDoesNotExist() {
        String member = cookie(member());
        Answer missing = browse(member, path("no-such-1234", STATE));
        Answer hidden = browse(member, path(deployment.namespace(), STATE));

        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.header("Content-Type")).startsWith("text/html");
        assertThat(hidden.status()).isEqualTo(404);
        assertThat(hidden.text()).isEqualTo(missing.text());
        assertThat(api.audited(deployment.id().value())).noneMatch(event -> event.startsWith("airflow.opened"));
        assertThat(browse(cookie(owner()), path(deployment.namespace(), STATE)).status())
                .as("control")
                .isEqualTo(303);
    }

    @Test
    void withoutAProperStateThereIsNoCode() {
        String owner = cookie(owner());

        for (String state : new String[] {"", "short", STATE + "%0d%0a", STATE.repeat(4)}) {
            assertThat(browse(owner, path(deployment.namespace(), state)).status())
                    .as(state)
                    .isEqualTo(400);
        }
        assertThat(browse(owner, path(deployment.namespace(), STATE)).status()).isEqualTo(303);
    }

    @Test
    void whoCameOverHttpsIsLedBackOverHttpsAndNowhereElse() {
        String owner = cookie(owner());
        String path = path(deployment.namespace(), STATE);

        assertThat(browse(owner, path + "&scheme=https").header("Location"))
                .startsWith(start().replace("http://", "https://"));
        for (String scheme : new String[] {"", "http", "HTTPS", "ftp", "https://evil.example/"}) {
            assertThat(browse(owner, path + "&scheme=" + scheme).header("Location"))
                    .as(scheme)
                    .startsWith(start());
        }
    }

    private String start() {
        return "http://%1$s.localhost:8889/%1$s/.headgate/sign-in?code=".formatted(deployment.namespace());
    }

    private Optional<AirflowSignIns.Redeemed> redeemed(String address, DeploymentId id) {
        return controlPlane()
                .identity()
                .airflow()
                .redeem(new SecretText(address.substring(address.indexOf("code=") + 5)), id);
    }

    private static String path(String namespace, String state) {
        return "/airflow-sign-in?namespace=%s&state=%s&next=%%2F%s%%2Fdags".formatted(namespace, state, namespace);
    }

    private Answer browse(String cookie, String path) {
        return api.send(request(cookie, path));
    }

    private HttpRequest.Builder request(String cookie, String path) {
        HttpRequest.Builder request =
                api.request(path).header("Accept", "text/html,*/*").GET();
        return cookie.isEmpty() ? request : request.header("Cookie", cookie);
    }

    private User owner() {
        return new User(
                ((Subject.User) api.behind().owner().subject()).userId(),
                api.behind().organizationId(),
                "ada@example.com",
                "",
                Role.ORGANIZATION_OWNER);
    }

    private User member() {
        ControlPlane controlPlane = controlPlane();
        User user = new User(
                controlPlane.ids().user(),
                api.behind().organizationId(),
                "mo" + controlPlane.ids().auditEvent() + "@example.com",
                "",
                Role.ORGANIZATION_MEMBER);
        controlPlane.transactions().useTransaction(tx -> controlPlane.users().add(tx, user, Optional.empty()));
        return user;
    }

    /// As the browser of somebody who has signed in sends it.
    private String cookie(User user) {
        ControlPlane.Identity identity = controlPlane().identity();
        identity.passwords().set(api.behind().owner(), user.email(), PASSWORD);
        SignIn signIn = identity.sessions()
                .signIn(new Attempt(user.email(), PASSWORD, api.behind().owner().origin()));
        return "headgate-8888=" + ((SignIn.Done) signIn).secret().reveal();
    }

    private ControlPlane controlPlane() {
        return api.behind().controlPlane();
    }
}
