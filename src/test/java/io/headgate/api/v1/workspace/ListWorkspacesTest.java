package io.headgate.api.v1.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.api.Answer;
import io.headgate.api.TestApi;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// `GET …/workspaces`.
@QuarkusTest
class ListWorkspacesTest {
    @Inject
    TestApi api;

    @Nested
    class Answers200 {
        /// R19: a Deployment token lists exactly its own Workspace, though there are others.
        @Test
        void withTheWorkspacesThatTheCallerSees() {
            String other = create("Other");

            assertThat(ids(api.get(api.owner(), api.organization("/workspaces?limit=0"))))
                    .contains(other, own());
            assertThat(ids(api.get(api.deploymentToken(), api.organization("/workspaces?limit=0"))))
                    .containsExactly(own());
        }

        @Test
        void filteredByIdsAndNames() {
            String first = create("First of two");
            String second = create("Second of two");
            String name = api.get(api.owner(), api.organization("/workspaces/" + second))
                    .member("name");

            assertThat(ids(list("?workspaceIds=" + first + "&workspaceIds=" + second)))
                    .containsExactlyInAnyOrder(first, second);
            assertThat(ids(list("?names=" + URLEncoder.encode(name, StandardCharsets.UTF_8))))
                    .containsExactly(second);
            assertThat(ids(list("?workspaceIds=" + TestApi.unknownId()))).isEmpty();
        }

        @Test
        void sortedAndPaged() {
            String first = create("Sorted A");
            String second = create("Sorted B");
            String query = "?workspaceIds=" + first + "&workspaceIds=" + second + "&limit=1&sorts=name:desc";

            assertThat(ids(list(query))).containsExactly(second);
            assertThat(ids(list(query + "&offset=1"))).containsExactly(first);
            assertThat(ids(list(query + "&offset=2"))).isEmpty();
            assertThat(list(query + "&offset=2").json().path("totalCount").asInt())
                    .isEqualTo(2);
        }
    }

    @Nested
    class Answers400 {
        @Test
        void forAFilterThatCannotBeAnId() {
            Answer answer = list("?workspaceIds=nonsense");

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.wrongFields()).containsExactly("workspaceIds");
            assertThat(answer.message()).contains("given 'nonsense'");
        }
    }

    @Nested
    class Answers404 {
        @Test
        void forAnOrganizationThatDoesNotExist() {
            assertThat(api.get(api.owner(), "/v1/organizations/" + TestApi.unknownId() + "/workspaces")
                            .message())
                    .isEqualTo("Organization not found");
        }
    }

    private Answer list(String query) {
        return api.get(api.owner(), api.organization("/workspaces" + query));
    }

    private String own() {
        return api.behind().workspace().id().value();
    }

    /// Names have at most 50 characters, of which an id takes 25.
    private String create(String name) {
        return api.post(api.owner(), api.organization("/workspaces"), "{\"name\":\"%s\"}".formatted(api.unique(name)))
                .member("id");
    }

    private static List<String> ids(Answer answer) {
        return StreamSupport.stream(answer.json().path("workspaces").spliterator(), false)
                .map(workspace -> workspace.path("id").asText())
                .toList();
    }
}
