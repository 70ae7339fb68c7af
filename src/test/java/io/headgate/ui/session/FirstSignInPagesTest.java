package io.headgate.ui.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.api.Answer;
import io.headgate.api.TestApi;
import io.headgate.identity.FirstSignIn;
import io.headgate.ui.Browser;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The one-time link of a new installation, over HTTP.
@QuarkusTest
class FirstSignInPagesTest {
    private static final String PASSWORD = "marble canyon twelve violin";

    @Inject
    TestApi api;

    private String code = "";

    @BeforeEach
    void anOwnerWithoutAPassword() {
        api.behind()
                .controlPlane()
                .transactions()
                .useTransaction(tx -> tx.handle().execute("UPDATE user_account SET password_hash = NULL"));
        FirstSignIn.Link link =
                api.behind().controlPlane().identity().firstSignIn().open().orElseThrow();
        code = link.code().reveal();
    }

    @Test
    void theOwnerChoosesAndIsSignedInOnce() {
        Browser browser = Browser.of(api);
        assertThat(browser.get("/first-sign-in/" + code).status()).isEqualTo(200);
        Answer weak = choose(browser, "password");
        assertThat(weak.status()).isEqualTo(400);
        assertThat(weak.text()).contains("Password must have 15–256 characters, given 8", "value=\"ada@example.com\"");

        Answer chosen = choose(browser, PASSWORD);

        assertThat(chosen.status()).isEqualTo(303);
        assertThat(browser.get("/account").status()).isEqualTo(200);
        assertThat(Browser.of(api).get("/first-sign-in/" + code).status()).isEqualTo(410);
        assertThat(choose(Browser.of(api), PASSWORD).status()).isEqualTo(410);
    }

    @Test
    void aWrongCodeShowsNothing() {
        Answer answer = Browser.of(api).get("/first-sign-in/" + code.substring(1) + "x");

        assertThat(answer.status()).isEqualTo(410);
        assertThat(answer.text()).doesNotContain("<form");
        assertThat(Browser.of(api).get("/first-sign-in/" + code).text())
                .as("control")
                .contains("<form");
    }

    @Test
    void theCodeIsInNoRowOfTheDatabase() {
        assertThat(choose(Browser.of(api), PASSWORD).status()).isEqualTo(303);

        assertThat(audited("/first-sign-in/"))
                .as("control: the request is recorded")
                .isNotEmpty();
        assertThat(audited(code)).isEmpty();
    }

    private List<String> audited(String text) {
        return api.behind()
                .database()
                .database()
                .jdbi()
                .withHandle(handle -> handle.createQuery(
                                "SELECT e::text FROM audit_event e WHERE position(:text IN e::text) > 0")
                        .bind("text", text)
                        .mapTo(String.class)
                        .list());
    }

    private Answer choose(Browser browser, String password) {
        return browser.send(
                "/first-sign-in/" + code, Map.of("email", "ada@example.com", "password", password), Browser.HERE);
    }
}
