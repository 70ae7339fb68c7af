package io.headgate.api.v1.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.api.Answer;
import io.headgate.api.TestApi;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `POST` and `DELETE …/workspaces/{workspaceId}`.
@QuarkusTest
class UpdateWorkspaceTest {
    @Inject
    TestApi api;

    @Nested
    class Answers200 {
        @Test
        void withWhatWasAskedForAndNotForNothing() {
            String id = workspace();
            String name = api.unique("renamed");

            Answer answer = update(id, body(name, "why", true));

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.member("name")).isEqualTo(name);
            assertThat(answer.member("description")).isEqualTo("why");
            assertThat(answer.member("cicdEnforcedDefault")).isEqualTo("true");
            assertThat(api.get(api.owner(), path(id)).json()).isEqualTo(answer.json());
            assertThat(update(id, body(name, "why", true)).json()).isEqualTo(answer.json());
            assertThat(api.audited(id)).hasSize(2).last().asString().startsWith("workspace.updated by ");
        }
    }

    @Nested
    class Answers204 {
        @Test
        void toTheDeletionOfAnEmptyOneWhoseNameIsFreeAgain() {
            String id = workspace();
            String name = api.get(api.owner(), path(id)).member("name");

            assertThat(api.delete(api.owner(), path(id)).status()).isEqualTo(204);
            assertThat(api.get(api.owner(), path(id)).status()).isEqualTo(404);
            assertThat(api.delete(api.owner(), path(id)).status()).isEqualTo(404);
            assertThat(api.get(api.owner(), api.organization("/workspaces?limit=0"))
                            .text())
                    .doesNotContain(id);
            assertThat(api.audited(id)).last().asString().startsWith("workspace.deleted by ");
            assertThat(api.post(api.owner(), api.organization("/workspaces"), "{\"name\": \"" + name + "\"}")
                            .status())
                    .isEqualTo(200);
            assertThat(api.post(
                                    api.owner(),
                                    api.organization("/deployments"),
                                    "{\"name\": \"x\", \"workspaceId\": \"" + id + "\"}")
                            .status())
                    .isEqualTo(404);
        }

        /// A deleted Deployment still names its Workspace, and that is no reason to keep it.
        @Test
        void afterItsDeploymentsAreDeleted() {
            String id = workspace();
            String deployment = api.post(
                            api.owner(),
                            api.organization("/deployments"),
                            "{\"name\": \"only\", \"workspaceId\": \"" + id + "\"}")
                    .member("id");

            Answer full = api.delete(api.owner(), path(id));
            assertThat(full.status()).isEqualTo(400);
            assertThat(full.message()).isEqualTo("Workspace still has 1 Deployment: delete them first");
            api.delete(api.owner(), api.organization("/deployments/" + deployment));
            assertThat(api.delete(api.owner(), path(id)).status()).isEqualTo(204);
        }
    }

    @Nested
    class Answers400 {
        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                {"description": "", "cicdEnforcedDefault": true}                    | name                | is required
                {"name": "x", "cicdEnforcedDefault": true}                          | description         | is required
                {"name": "x", "description": ""}                                    | cicdEnforcedDefault | is required
                {"name": "", "description": "", "cicdEnforcedDefault": true}        | name                | 1–50 characters
                {"name": "x", "description": "", "cicdEnforcedDefault": "ON"}       | cicdEnforcedDefault | must be true or false
                {"name": "x", "description": "", "cicdEnforcedDefault": true, "descripton": 1} | descripton | did you mean description?
                """)
        void namingTheField(String body, String field, String words) {
            Answer answer = update(workspace(), body);

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.wrongFields()).containsExactly(field);
            assertThat(answer.message()).contains(words);
        }
    }

    @Nested
    class Answers403 {
        @Test
        void toADeploymentTokenOfThatWorkspace() {
            String id = api.behind().workspace().id().value();

            Answer update = api.post(api.deploymentToken(), path(id), body("x", "", false));
            Answer delete = api.delete(api.deploymentToken(), path(id));

            assertThat(update.status()).isEqualTo(403);
            assertThat(update.message()).isEqualTo("not permitted: this needs workspace.update");
            assertThat(delete.status()).isEqualTo(403);
            assertThat(delete.message()).isEqualTo("not permitted: this needs workspace.delete");
        }
    }

    @Nested
    class Answers409 {
        @Test
        void forANameThatIsTakenInTheOrganization() {
            String taken = api.get(api.owner(), path(workspace())).member("name");

            assertThat(update(workspace(), body(taken, "", false)).status()).isEqualTo(409);
            assertThat(update(workspace(), body(api.unique("free"), "", false)).status())
                    .isEqualTo(200);
        }
    }

    private String workspace() {
        return api.post(api.owner(), api.organization("/workspaces"), "{\"name\": \"" + api.unique("made") + "\"}")
                .member("id");
    }

    private Answer update(String id, String body) {
        return api.post(api.owner(), path(id), body);
    }

    private String path(String id) {
        return api.organization("/workspaces/" + id);
    }

    private static String body(String name, String description, boolean enforced) {
        return "{\"name\": \"%s\", \"description\": \"%s\", \"cicdEnforcedDefault\": %s}"
                .formatted(name, description, enforced);
    }
}
