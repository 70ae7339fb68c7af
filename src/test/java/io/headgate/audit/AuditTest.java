package io.headgate.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.kernel.PageRequest;
import io.headgate.organization.NewWorkspace;
import io.headgate.testing.TestControlPlane;
import io.headgate.token.ApiToken;
import io.headgate.token.ApiTokens;
import io.headgate.token.IssuedToken;
import io.headgate.token.TokenFilter;
import io.headgate.token.TokenNaming;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/// Every act leaves a row, and an act that cannot leave one does not happen (item 50).
final class AuditTest {
    @Test
    void everyActLeavesOneRowThatSaysWhoDidWhatWhereAndNoValue() {
        try (TestControlPlane world = new TestControlPlane()) {
            ApiTokens tokens = world.controlPlane().apiTokens();
            world.controlPlane()
                    .workspaces()
                    .create(world.owner(), world.organizationId(), new NewWorkspace("Sandbox", "", false));
            IssuedToken issued = world.token(world.own().id(), "ci", OptionalInt.empty());
            var id = issued.token().id();
            tokens.update(world.owner(), world.organizationId(), id, new TokenNaming("cd", Optional.empty()));
            IssuedToken rotated = tokens.rotate(world.owner(), world.organizationId(), id);
            tokens.delete(world.owner(), world.organizationId(), id);
            world.controlPlane()
                    .deployments()
                    .delete(
                            world.owner(),
                            world.organizationId(),
                            world.sibling().id());

            List<String> rows = rows(world);
            assertThat(rows)
                    .extracting(row -> row.split(" ", -1)[0])
                    .containsExactly(
                            "workspace.created",
                            "deployment.created",
                            "deployment.created",
                            "workspace.created",
                            "token.created",
                            "token.updated",
                            "token.rotated",
                            "token.deleted",
                            "deployment.deleted");
            assertThat(rows).allMatch(row -> row.contains("ada@example.com") && row.endsWith("test 127.0.0.1"));
            for (IssuedToken value : List.of(issued, rotated)) {
                assertThat(String.join("\n", rows)).doesNotContain(value.value().reveal());
            }
        }
    }

    @Test
    void anActWhoseRowCannotBeWrittenDoesNotHappen() {
        try (TestControlPlane world = new TestControlPlane()) {
            world.token(world.own().id(), "before", OptionalInt.empty());
            world.controlPlane()
                    .transactions()
                    .useTransaction(tx -> tx.handle()
                            .execute("ALTER TABLE audit_event ADD CONSTRAINT closed CHECK (false) NOT VALID"));
            assertThatThrownBy(() -> world.token(world.own().id(), "unrecorded", OptionalInt.empty()))
                    .hasMessageContaining("closed");
            assertThat(names(world)).containsExactly("before");
            // control: when rows can be written again, the same act happens
            world.controlPlane()
                    .transactions()
                    .useTransaction(tx -> tx.handle().execute("ALTER TABLE audit_event DROP CONSTRAINT closed"));
            world.token(world.own().id(), "recorded", OptionalInt.empty());
            assertThat(names(world)).containsExactlyInAnyOrder("before", "recorded");
        }
    }

    private static List<String> names(TestControlPlane world) {
        return world
                .controlPlane()
                .apiTokens()
                .list(world.owner(), world.organizationId(), TokenFilter.none(), PageRequest.everything())
                .items()
                .stream()
                .map(ApiToken::name)
                .toList();
    }

    private static List<String> rows(TestControlPlane world) {
        return world.controlPlane()
                .transactions()
                .inTransaction(tx -> tx.handle()
                        .createQuery(
                                "SELECT action || ' ' || entity_id || ' ' || (subject ->> 'username') || ' ' || request_id"
                                        + " || ' ' || address FROM audit_event ORDER BY id")
                        .mapTo(String.class)
                        .list());
    }
}
