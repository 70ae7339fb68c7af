package io.headgate.ui.details;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.headgate.api.Answer;
import io.headgate.api.TestApi;
import io.headgate.deployment.Deployment;
import io.headgate.deployment.DeploymentChange;
import io.headgate.deployment.WorkerQueue;
import io.headgate.deployment.variable.WantedVariable;
import io.headgate.kernel.SecretText;
import io.headgate.ui.Browser;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// The settings of a Deployment and their form (UI19, UI38, UI41), without scripts.
@QuarkusTest
class DetailsTest {
    @Inject
    TestApi api;

    private Browser browser;
    private Deployment deployment;
    private String details;
    private String editor;

    @BeforeEach
    void signIn() {
        browser = Browser.ofOwner(api);
        deployment = api.healthy("details");
        details = "/deployments/" + deployment.id() + "/details";
        editor = details + "/edit";
    }

    @Nested
    class Ok {
        @Test
        void showsHowTheDeploymentIsMade() {
            assertThat(browser.get(details).text())
                    .contains(
                            deployment.name(),
                            deployment.namespace(),
                            deployment.id().value())
                    .contains("Local (this host)", "CI/CD enforcement", "Python requirements")
                    .contains("http://localhost:8889/" + deployment.namespace() + "/api/v2")
                    .contains("Worker queues", ">default<", "0–10")
                    .contains("Download Deployment file");
        }

        @Test
        void offersTheFileThatTheApiWrites() {
            change(DeploymentChange.none()
                    .withVariables(List.of(
                            new WantedVariable("PLAIN", Optional.of(new SecretText("seen-value")), false),
                            new WantedVariable("HIDDEN", Optional.of(new SecretText("unseen-value")), true))));

            Answer file = browser.get(details + "/deployment-file.yaml");

            assertThat(file.status()).isEqualTo(200);
            assertThat(file.header("Content-Type")).startsWith("application/yaml");
            assertThat(file.header("Content-Disposition")).isEqualTo("attachment; filename=\"deployment-file.yaml\"");
            assertThat(file.header("Cache-Control")).isEqualTo("no-store");
            assertThat(file.text())
                    .contains("seen-value")
                    .doesNotContain("unseen-value")
                    .isEqualTo(api.send(api.request(
                                            api.organization("/deployments/" + deployment.id() + "/deployment-file"))
                                    .header("Authorization", "Bearer " + api.owner())
                                    .header("Accept", "application/yaml")
                                    .GET())
                            .text());
            assertThat(browser.get(details).text()).contains("seen-value").doesNotContain("unseen-value");
        }
    }

    @Nested
    class SeeOther {
        @Test
        void savesWhatWasTyped() {
            String name = api.unique("renamed");

            Answer saved = filled().with("name", name)
                    .with("description", "two\r\nlines")
                    .with("cicdEnforced", "yes")
                    .with("name-a", "heavy")
                    .with("astroMachine-a", "A10")
                    .with("workerConcurrency-a", "8")
                    .with("minWorkerCount-a", "1")
                    .with("maxWorkerCount-a", "3")
                    .send();

            assertThat(saved.status()).isEqualTo(303);
            assertThat(saved.header("Location")).isEqualTo(details + "?note=deployment-saved");
            Deployment now = now();
            assertThat(now.name()).isEqualTo(name);
            assertThat(now.description()).contains("two\nlines");
            assertThat(now.settings().cicdEnforced()).isTrue();
            assertThat(now.settings().workerQueues())
                    .extracting(WorkerQueue::name, WorkerQueue::astroMachine, WorkerQueue::workerConcurrency)
                    .containsExactly(tuple("default", "A5", 5), tuple("heavy", "A10", 8));
        }

        @Test
        void writesNothingWhenNothingIsDifferent() {
            Answer saved = filled().with("name", deployment.name()).send();

            assertThat(saved.status()).isEqualTo(303);
            assertThat(now()).isEqualTo(deployment);
        }
    }

    @Nested
    class BadRequest {
        @Test
        void namesTheFieldsAndKeepsWhatWasTyped() {
            Answer refused = filled().with("name", "")
                    .with("description", "stays here")
                    .with("name-a", "Heavy!")
                    .with("astroMachine-a", "A10")
                    .with("workerConcurrency-a", "many")
                    .with("minWorkerCount-a", "1")
                    .with("maxWorkerCount-a", "3")
                    .send();

            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.text())
                    .contains("id=\"error-name\">Name is required")
                    .contains("id=\"error-workerConcurrency-1\">Max tasks per worker must be a whole number")
                    .contains("stays here", "Heavy!", "many");
        }

        @Test
        void tellsWhatAQueueMayBe() {
            Answer refused = filled().with("name", deployment.name())
                    .with("name-a", "Heavy!")
                    .with("astroMachine-a", "A10")
                    .with("workerConcurrency-a", "8")
                    .with("minWorkerCount-a", "5")
                    .with("maxWorkerCount-a", "3")
                    .send();

            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.text())
                    .contains("id=\"error-name-1\">Name must be 1–63 lower-case letters")
                    .contains("id=\"error-minWorkerCount-1\"");
            assertThat(now()).isEqualTo(deployment);
        }
    }

    @Nested
    class Conflict {
        @Test
        void saysThatTheNameIsTaken() {
            Answer refused =
                    filled().with("name", api.behind().sibling().name()).send();

            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.text()).contains("id=\"error-name\"", "is taken by another Deployment");
        }

        @Test
        void undoesNobodysWorkAndShowsBoth() {
            Browser.Filled form = filled().with("name", "my name").with("description", "my words");
            change(DeploymentChange.none().withName(api.unique("their name")));

            Answer shown = form.send();

            assertThat(shown.status()).isEqualTo(409);
            assertThat(shown.text())
                    .contains("Nothing was saved", "Somebody else changed the name meanwhile. Saving replaces it")
                    .contains("value=\"my name\"", "my words</textarea>");
            assertThat(now().name()).startsWith("their name");
        }

        @Test
        void takesOverWhatOneDidNotTouch() {
            Browser.Filled form = filled().with("name", deployment.name()).with("description", "my words");
            String theirs = api.unique("their name");
            change(DeploymentChange.none().withName(theirs));

            Answer shown = form.send();

            assertThat(shown.text())
                    .contains("Somebody else changed the name meanwhile. It is shown as it is now.")
                    .contains("value=\"" + theirs + "\"", "my words</textarea>");
        }
    }

    @Nested
    class Hidden {
        @Test
        void isWhatDoesNotExist() {
            for (String path : List.of("/details", "/details/edit", "/details/deployment-file.yaml")) {
                assertThat(browser.get("/deployments/" + TestApi.unknownId() + path)
                                .status())
                        .isEqualTo(404);
                assertThat(browser.get("/deployments/" + deployment.id() + path).status())
                        .as("control")
                        .isEqualTo(200);
            }
        }
    }

    @Nested
    class Nobody {
        @Test
        void isLedToSignIn() {
            for (String path : List.of(details, editor, details + "/deployment-file.yaml")) {
                assertThat(browser.signedOut().get(path).status()).isEqualTo(303);
            }
        }

        @Test
        void losesNothingTypedWhenTheSessionHasEnded() {
            Answer answer = filled().with("name", "typed name").sendFrom(browser.signedOut());

            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.text()).contains("name=\"kept.name\" value=\"typed name\"");
        }
    }

    /// What the form says beside each setting is so (V9).
    @Test
    void onlyPackagesRestartAirflow() {
        assertThat(browser.get(editor).text()).contains("A change restarts Airflow.", "Nothing restarts.");
        assertThat(restarts(DeploymentChange.none().withName(api.unique("other"))))
                .isFalse();
        assertThat(restarts(DeploymentChange.none().withPythonRequirements("six==1.17.0")))
                .isTrue();
    }

    private Browser.Filled filled() {
        return browser.form(editor)
                .with("name-0", "default")
                .with("astroMachine-0", "A5")
                .with("workerConcurrency-0", "5")
                .with("minWorkerCount-0", "0")
                .with("maxWorkerCount-0", "10");
    }

    private boolean restarts(DeploymentChange change) {
        return api.behind()
                .controlPlane()
                .deployments()
                .preview(api.behind().owner(), api.behind().organizationId(), deployment.id(), change)
                .restarts();
    }

    private void change(DeploymentChange change) {
        api.behind()
                .controlPlane()
                .deployments()
                .update(api.behind().owner(), api.behind().organizationId(), deployment.id(), change);
    }

    private Deployment now() {
        return api.behind()
                .controlPlane()
                .deployments()
                .view(api.behind().owner(), api.behind().organizationId(), deployment.id());
    }
}
