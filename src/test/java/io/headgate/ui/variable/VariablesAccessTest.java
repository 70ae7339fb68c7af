package io.headgate.ui.variable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.access.DeploymentPermission;
import io.headgate.access.Role;
import io.headgate.api.Answer;
import io.headgate.api.TestApi;
import io.headgate.deployment.Deployment;
import io.headgate.ui.Browser;
import io.headgate.ui.frame.DeploymentHead;
import io.headgate.ui.frame.DeploymentSpot;
import io.headgate.ui.frame.Moment;
import io.headgate.ui.frame.Shell;
import io.headgate.ui.frame.StatusLine;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Who may see and who may change the variables of a Deployment in the browser.
@QuarkusTest
class VariablesAccessTest {
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
    class Hidden {
        @Test
        void isWhatDoesNotExist() {
            for (String path : List.of("/variables", "/variables/edit")) {
                Answer page = browser.get("/deployments/" + TestApi.unknownId() + path);
                assertThat(page.status()).isEqualTo(404);
                assertThat(page.text()).contains("Deployment not found");
            }
            assertThat(browser.get(editor).status()).as("control").isEqualTo(200);
        }
    }

    @Nested
    class Forbidden {
        @Test
        void isChangingForThoseWhoMayOnlyLook() {
            DeploymentSpot member = spot(Role.WORKSPACE_MEMBER);

            assertThatThrownBy(() -> member.require(DeploymentPermission.UPDATE))
                    .hasMessageContaining("deployment.update");
            spot(Role.WORKSPACE_OPERATOR).require(DeploymentPermission.UPDATE);
        }

        @Test
        void leavesOutTheButton() {
            assertThat(rendered(spot(Role.WORKSPACE_MEMBER))).doesNotContain("Edit Variables");
            assertThat(rendered(spot(Role.WORKSPACE_OPERATOR))).as("control").contains("Edit Variables");
        }

        private DeploymentSpot spot(Role role) {
            return new DeploymentSpot(
                    deployment,
                    api.behind()
                            .holderOf(api.behind()
                                    .workspaceToken(api.unique("looks"), role)
                                    .token()),
                    new Shell("Variables", "", Optional.empty(), "/", "", ""),
                    new DeploymentHead(
                            deployment.id().value(),
                            deployment.name(),
                            "",
                            "",
                            StatusLine.of(deployment),
                            "",
                            "",
                            Moment.of(
                                    api.behind().clock().instant(),
                                    api.behind().clock().instant()),
                            "",
                            "",
                            List.of(),
                            false));
        }

        private String rendered(DeploymentSpot spot) {
            return VariableTemplates.list(
                            spot.shell(),
                            spot.head(),
                            new VariableListView(List.of(), spot.may(DeploymentPermission.UPDATE)))
                    .render();
        }
    }

    @Nested
    class Nobody {
        @Test
        void isLedToSignIn() {
            for (String path : List.of(list, editor)) {
                Answer answer = browser.signedOut().get(path);
                assertThat(answer.status()).isEqualTo(303);
                assertThat(answer.header("Location")).startsWith("/sign-in?next=%2Fdeployments%2F");
            }
        }

        @Test
        void losesNothingTypedWhenTheSessionHasEnded() {
            Answer answer = browser.form(editor)
                    .with("key-0", "TYPED")
                    .with("value-0", "for ten minutes")
                    .sendFrom(browser.signedOut());

            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.text())
                    .contains("Your session had ended", "name=\"kept-action\" value=\"" + editor + "\"")
                    .contains("name=\"kept.value-0\" value=\"for ten minutes\"");
            assertThat(api.behind()
                            .controlPlane()
                            .deployments()
                            .view(api.behind().owner(), api.behind().organizationId(), deployment.id())
                            .variables())
                    .isEmpty();
        }
    }
}
