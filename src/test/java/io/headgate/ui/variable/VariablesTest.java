package io.headgate.ui.variable;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.api.Answer;
import io.headgate.api.TestApi;
import io.headgate.deployment.Deployment;
import io.headgate.deployment.DeploymentChange;
import io.headgate.deployment.variable.EnvironmentVariable;
import io.headgate.deployment.variable.WantedVariable;
import io.headgate.kernel.SecretText;
import io.headgate.ui.Browser;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// The list and the editor of variables (UI30–UI32), without scripts.
@QuarkusTest
class VariablesTest {
    @Inject
    TestApi api;

    private Browser browser;
    private Deployment deployment;
    private String list;
    private String editor;

    @BeforeEach
    void signIn() {
        browser = Browser.ofOwner(api);
        deployment = api.healthy("variables");
        list = "/deployments/" + deployment.id() + "/variables";
        editor = list + "/edit";
    }

    @Nested
    class Ok {
        @Test
        void showsAPlainValueAndOfASecretNothing() {
            store(plain("GREETING", "hello <b>"), secret("TOKEN", "s3cret-value"));

            Answer page = browser.get(list);
            Answer form = browser.get(editor);

            assertThat(page.status()).isEqualTo(200);
            assertThat(page.text())
                    .contains("2 variables", "GREETING", "hello &lt;b&gt;", "TOKEN", "••••")
                    .contains("Edit Variables")
                    .doesNotContain("s3cret-value");
            assertThat(form.text())
                    .contains("hello &lt;b&gt;", "placeholder=\"unchanged\"")
                    .doesNotContain("s3cret-value");
        }

        @Test
        void saysThatThereAreNone() {
            assertThat(browser.get(list).text())
                    .contains("No variables have been added yet.")
                    .doesNotContain("<table class=\"table table-variables\">");
        }
    }

    @Nested
    class SeeOther {
        @Test
        void addsChangesAndRemovesInOneSave() {
            store(plain("CHANGED", "old"), plain("REMOVED", "x"), plain("STAYS", "same"));

            Answer saved = browser.form(editor)
                    .with("key-0", "CHANGED")
                    .with("value-0", "new")
                    .with("key-1", "REMOVED")
                    .with("value-1", "x")
                    .with("remove", "1")
                    .with("key-2", "STAYS")
                    .with("value-2", "same")
                    .with("key-a", " ADDED ")
                    .with("value-a", "a=b")
                    .with("isSecret-a", "yes")
                    .send();

            assertThat(saved.status()).isEqualTo(303);
            assertThat(saved.header("Location")).isEqualTo(list + "?note=variables-saved");
            assertThat(stored()).isEqualTo(Map.of("ADDED", "a=b!", "CHANGED", "new", "STAYS", "same"));
        }

        @Test
        void keepsASecretWhoseValueIsLeftEmptyAndReplacesOneThatIsTyped() {
            store(secret("KEPT", "first"), secret("REPLACED", "second"));

            Answer saved = browser.form(editor)
                    .with("key-0", "KEPT")
                    .with("value-0", "")
                    .with("key-1", "REPLACED")
                    .with("value-1", "third")
                    .send();

            assertThat(saved.status()).isEqualTo(303);
            assertThat(stored()).isEqualTo(Map.of("KEPT", "first!", "REPLACED", "third!"));
        }

        @Test
        void leavesLineEndsAloneThatNobodyTouched() {
            store(plain("KEY", "one\r\ntwo\rthree\nfour"));
            api.behind().runtime().run(deployment.id());

            browser.form(editor)
                    .with("key-0", "KEY")
                    .with("value-0", "one\r\ntwo\r\nthree\r\nfour")
                    .send();

            assertThat(stored()).isEqualTo(Map.of("KEY", "one\r\ntwo\rthree\nfour"));
        }

        @Test
        void turnsAPlainVariableIntoASecret() {
            store(plain("KEY", "value"));

            browser.form(editor)
                    .with("key-0", "KEY")
                    .with("value-0", "value")
                    .with("isSecret-0", "yes")
                    .send();

            assertThat(stored()).isEqualTo(Map.of("KEY", "value!"));
        }
    }

    @Nested
    class BadRequest {
        @Test
        void namesAReservedKeyInItsRowAndKeepsWhatWasTyped() {
            Answer refused = browser.form(editor)
                    .with("key-0", "PATH")
                    .with("value-0", "/opt/bin")
                    .with("key-a", "MINE")
                    .with("value-a", "typed-secret")
                    .with("isSecret-a", "yes")
                    .send();

            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.text())
                    .contains("id=\"error-key-0\">Key is reserved, given &#39;PATH&#39;")
                    .contains("/opt/bin</textarea>")
                    .contains("type=\"password\" value=\"typed-secret\"")
                    .contains("data-dirty=\"yes\"");
            assertThat(refused.text().split("typed-secret", -1)).hasSize(2);
            assertThat(stored()).isEmpty();
        }

        @Test
        void namesAKeyThatIsTypedTwice() {
            Answer refused = browser.form(editor)
                    .with("key-0", "SAME")
                    .with("value-0", "1")
                    .with("key-a", "SAME")
                    .with("value-a", "2")
                    .send();

            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.text()).contains("id=\"error-key-1\">Key must appear once in the list");
        }

        @Test
        void wantsAKeyAndAValue() {
            Answer refused = browser.form(editor)
                    .with("key-0", "")
                    .with("value-0", "1")
                    .with("key-a", "EMPTY")
                    .send();

            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.text()).contains("id=\"error-key-0\"", "id=\"error-value-1\">Value is required");
        }

        @Test
        void tellsBothLimitsOfAValueThatIsTooLong() {
            Answer refused = browser.form(editor)
                    .with("key-0", "LONG")
                    .with("value-0", "x".repeat(WantedVariable.VALUE_MAX + 1))
                    .send();

            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.text()).contains("at most 32768 bytes, given 32769");
        }

        @Test
        void doesNotMakeASecretAnOrdinaryVariable() {
            store(secret("KEY", "hidden"));

            Answer refused = browser.form(editor)
                    .with("key-0", "KEY")
                    .with("remove", "0")
                    .with("key-a", "KEY")
                    .with("value-a", "open")
                    .send();

            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.text()).contains("Secret must stay true");
            assertThat(stored()).isEqualTo(Map.of("KEY", "hidden!"));
        }
    }

    @Nested
    class Conflict {
        @Test
        void undoesNobodysWorkAndShowsBoth() {
            store(plain("BOTH", "0"), plain("THEIRS", "0"), plain("MINE", "0"), secret("HIDDEN", "0"));
            // by key: BOTH, HIDDEN, MINE, THEIRS
            Browser.Filled form = browser.form(editor)
                    .with("key-0", "BOTH")
                    .with("value-0", "my both")
                    .with("key-1", "HIDDEN")
                    .with("key-2", "MINE")
                    .with("value-2", "my mine")
                    .with("key-3", "THEIRS")
                    .with("value-3", "0");
            api.behind().clock().advance(Duration.ofSeconds(1));
            store(
                    plain("BOTH", "their both"),
                    plain("THEIRS", "their theirs"),
                    plain("MINE", "0"),
                    secret("HIDDEN", "9"),
                    plain("NEW", "their new"));

            Answer shown = form.send();

            assertThat(shown.status()).isEqualTo(409);
            assertThat(shown.text())
                    .contains("Nothing was saved", "last saved by")
                    .contains("Somebody else changed BOTH meanwhile. Saving replaces")
                    .contains("Somebody else changed THEIRS meanwhile. This is the value now.")
                    .contains("Somebody else changed HIDDEN meanwhile.")
                    .contains("Somebody else added NEW meanwhile.")
                    .contains("my both</textarea>", "my mine</textarea>", "their theirs</textarea>")
                    .doesNotContain("changed MINE");
            assertThat(stored()).containsEntry("BOTH", "their both").containsEntry("HIDDEN", "9!");

            Answer saved = browser.form(editor, shown)
                    .with("key-0", "BOTH")
                    .with("value-0", "my both")
                    .with("key-1", "HIDDEN")
                    .with("key-2", "MINE")
                    .with("value-2", "my mine")
                    .with("key-3", "THEIRS")
                    .with("value-3", "their theirs")
                    .with("key-4", "NEW")
                    .with("value-4", "their new")
                    .send();

            assertThat(saved.status()).isEqualTo(303);
            assertThat(stored())
                    .isEqualTo(Map.of(
                            "BOTH", "my both",
                            "HIDDEN", "9!",
                            "MINE", "my mine",
                            "THEIRS", "their theirs",
                            "NEW", "their new"));
        }

        @Test
        void bringsBackWhatOneRemovedAndAnotherChanged() {
            store(plain("GONE", "0"), plain("OTHER", "0"));
            Browser.Filled form = browser.form(editor)
                    .with("key-0", "GONE")
                    .with("remove", "0")
                    .with("key-1", "OTHER")
                    .with("value-1", "0");
            store(plain("GONE", "changed"));

            Answer shown = form.send();

            assertThat(shown.status()).isEqualTo(409);
            assertThat(shown.text())
                    .contains("You removed GONE, and somebody else changed it")
                    .contains("Somebody else removed OTHER meanwhile.")
                    .contains("changed</textarea>");
        }
    }

    private void store(WantedVariable... all) {
        api.behind()
                .controlPlane()
                .deployments()
                .update(
                        api.behind().owner(),
                        api.behind().organizationId(),
                        deployment.id(),
                        DeploymentChange.none().withVariables(List.of(all)));
    }

    /// By key; secrets end with an exclamation mark.
    private Map<String, String> stored() {
        return api.behind().controlPlane().lifecycle().present().stream()
                .filter(airflow -> airflow.id().equals(deployment.id()))
                .flatMap(airflow -> airflow.variables().stream())
                .collect(Collectors.toMap(
                        EnvironmentVariable::key,
                        variable -> variable.value().reveal() + (variable.secret() ? "!" : "")));
    }

    private static WantedVariable plain(String key, String value) {
        return new WantedVariable(key, Optional.of(new SecretText(value)), false);
    }

    private static WantedVariable secret(String key, String value) {
        return new WantedVariable(key, Optional.of(new SecretText(value)), true);
    }
}
