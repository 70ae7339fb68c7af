package io.headgate.ui.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.api.Answer;
import io.headgate.api.TestApi;
import io.headgate.ui.Browser;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Signing in and out over HTTP (items 44–48).
@QuarkusTest
class SignInPagesTest {
    @Inject
    TestApi api;

    @Test
    void aGoodPasswordGivesACookieThatNoScriptReads() {
        Browser browser = Browser.ofOwner(api);
        Answer answer = browser.signIn();

        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.header("Location")).isEqualTo("/");
        assertThat(answer.header("Set-Cookie"))
                .startsWith("headgate-8888=")
                .contains("Path=/", "HttpOnly", "SameSite=Lax", "Max-Age=604800")
                .doesNotContain("Domain");
    }

    @Test
    void aWrongPasswordAndAnUnknownAddressAreTheSamePage() {
        Browser owner = Browser.ofOwner(api);
        Browser browser = Browser.of(api);
        Answer wrong = attempt(browser, owner.email());
        Answer unknown = attempt(browser, "eve@example.com");

        assertThat(wrong.status()).isEqualTo(403);
        assertThat(unknown.status()).isEqualTo(403);
        assertThat(wrong.text().replace(owner.email(), "eve@example.com")).isEqualTo(unknown.text());
        assertThat(wrong.text()).contains("E-mail or password is not right.").doesNotContain("not the password");
        assertThat(browser.get("/account").status()).isEqualTo(303);
    }

    @Test
    void signingOutEndsTheSessionInTheServer() {
        Browser browser = Browser.ofOwner(api);
        String cookie = browser.cookie();
        Answer answer = browser.form("/sign-out", browser.get("/account")).send();

        assertThat(answer.header("Location")).isEqualTo("/sign-in");
        assertThat(answer.header("Set-Cookie")).contains("headgate-8888=;", "Max-Age=0");
        assertThat(api.send(api.request("/account").header("Cookie", cookie)).status())
                .as("with the old cookie")
                .isEqualTo(303);
    }

    @ParameterizedTest
    @ValueSource(strings = {"//evil.example", "https://evil.example", "/\\\\evil.example", "javascript:alert(1)", ""})
    void afterSignInNobodyIsLedToAnotherSite(String next) {
        Browser owner = Browser.ofOwner(api);
        Answer answer = Browser.of(api)
                .send(
                        "/sign-in",
                        Map.of("email", owner.email(), "password", Browser.PASSWORD, "next", next),
                        Browser.HERE);

        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.header("Location")).isEqualTo("/");
    }

    @Test
    void afterSignInOneIsWhereOneWantedToGo() {
        Browser owner = Browser.ofOwner(api);
        Browser browser = Browser.of(api);
        String led = browser.get("/account?x=1").header("Location");
        assertThat(led).isEqualTo("/sign-in?next=%2Faccount%3Fx%3D1");

        Answer answer = browser.send(
                "/sign-in",
                Map.of("email", owner.email(), "password", Browser.PASSWORD, "next", "/account?x=1"),
                Browser.HERE);

        assertThat(answer.header("Location")).isEqualTo("/account?x=1");
    }

    /// Nothing typed is lost when the session has ended meanwhile.
    @Test
    void aFormThatIsSentAfterTheSessionEndedIsKeptAndSentAgain() {
        Browser browser = Browser.ofOwner(api);
        String page =
                "/deployments/" + api.behind().deployment(api.unique("kept")).id() + "/api-tokens/new";
        Map<String, String> form = new HashMap<>(Browser.hidden(browser.get(page)));
        form.put("name", "kept & typed");
        form.put("days", "30");
        form.put("password", "never kept");
        Browser late = browser.signedOut();

        Answer signIn = late.post(page, form);
        assertThat(signIn.status()).isEqualTo(401);
        assertThat(signIn.text())
                .contains("nothing that you typed is lost", "name=\"kept.name\" value=\"kept &amp; typed\"")
                .doesNotContain("never kept");
        Map<String, String> again = new HashMap<>();
        again.put("kept-action", page);
        form.forEach((name, value) -> again.put("kept." + name, value));
        again.put("email", browser.email());
        again.put("password", Browser.PASSWORD);
        Answer resume = late.post("/sign-in", again);
        assertThat(resume.status()).isEqualTo(200);
        assertThat(resume.text()).contains("Send it now", "action=\"" + page + "\"", "kept &amp; typed");
        form.put("_form", Browser.hidden(resume).getOrDefault("_form", ""));

        Answer made = late.post(page, form);
        assertThat(made.status()).isEqualTo(200);
        assertThat(made.text()).contains("kept &amp; typed");
    }

    @Test
    void makingATokenAsksForThePasswordAfterAnHour() {
        Browser browser = Browser.ofOwner(api);
        String page =
                "/deployments/" + api.behind().deployment(api.unique("fresh")).id() + "/api-tokens/new";
        Map<String, String> fields = Map.of("name", "late", "days", "30");
        assertThat(browser.get(page).text()).doesNotContain("Your password");
        api.behind().clock().advance(Duration.ofHours(2));

        assertThat(browser.get(page).text()).contains("Your password");
        assertThat(fill(browser, page, fields).status()).isEqualTo(400);
        Map<String, String> wrong = new HashMap<>(fields);
        wrong.put("password", "not the password");
        Answer refused = fill(browser, page, wrong);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text()).contains("This is not your password.", "value=\"late\"");
        Map<String, String> right = new HashMap<>(fields);
        right.put("password", Browser.PASSWORD);

        assertThat(fill(browser, page, right).status()).isEqualTo(200);
    }

    @Test
    void theThemeIsRememberedAndNothingElseIs() {
        Browser browser = Browser.ofOwner(api);
        Answer answer = browser.form("/theme", browser.get("/account"))
                .with("theme", "dark")
                .send();

        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.header("Set-Cookie"))
                .startsWith("headgate-theme=dark")
                .contains("HttpOnly");
        assertThat(api.send(api.request("/account").header("Cookie", browser.cookie() + "; headgate-theme=dark"))
                        .text())
                .contains("data-theme=\"dark\"");
        assertThat(api.send(api.request("/sign-in").header("Cookie", "headgate-theme=\"><script>"))
                        .text())
                .doesNotContain("data-theme");
    }

    private static Answer fill(Browser browser, String page, Map<String, String> fields) {
        Browser.Filled form = browser.form(page);
        fields.forEach(form::with);
        return form.send();
    }

    private static Answer attempt(Browser browser, String email) {
        return browser.send("/sign-in", Map.of("email", email, "password", "not the password at all"), Browser.HERE);
    }
}
