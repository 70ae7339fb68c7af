package io.headgate.api.v1.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.api.Answer;
import io.headgate.api.TestApi;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// `GET …/workspaces/{workspaceId}`.
@QuarkusTest
class GetWorkspaceTest {
    @Inject
    TestApi api;

    @Nested
    class Answers200 {
        @Test
        void withTheWorkspaceAlsoToATokenOfOneOfItsDeployments() {
            for (String credential : new String[] {api.owner(), api.deploymentToken()}) {
                Answer answer =
                        api.get(credential, path(api.behind().workspace().id().value()));

                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.member("name")).isEqualTo("Data");
                assertThat(answer.member("organizationName")).isEqualTo("Acme");
            }
        }
    }

    @Nested
    class Answers404 {
        /// Missing, malformed and foreign are one answer (item 32); the owner finds the foreign one.
        @Test
        void forWhatTheCallerCannotSee() {
            String foreign = api.post(
                            api.owner(),
                            api.organization("/workspaces"),
                            "{\"name\":\"%s\"}".formatted(api.unique("Foreign")))
                    .member("id");
            String credential = api.deploymentToken();

            for (String id : new String[] {foreign, TestApi.unknownId(), "data"}) {
                Answer answer = api.get(credential, path(id));
                assertThat(answer.status()).isEqualTo(404);
                assertThat(answer.message()).isEqualTo("Workspace not found");
            }
            assertThat(api.get(api.owner(), path(foreign)).status()).isEqualTo(200);
        }
    }

    private String path(String id) {
        return api.organization("/workspaces/" + id);
    }
}
