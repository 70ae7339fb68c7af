package io.headgate.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.access.Caller;
import io.headgate.access.Grant;
import io.headgate.access.Principal;
import io.headgate.access.Role;
import io.headgate.access.Scope;
import io.headgate.kernel.ProblemException;
import io.headgate.testing.TestControlPlane;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Who may open a Deployment's Airflow does, and the audit log says so; to anybody else there is none.
final class OpeningAirflowTest {
    private final TestControlPlane world = new TestControlPlane();
    private final Deployment deployment = world.healthy("opened");
    private final AirflowOpenings openings = world.controlPlane().airflowOpenings();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void isForThoseWhoSeeItAndMayLookAtItsPages() {
        Caller member = holding(Role.WORKSPACE_MEMBER.in(world.workspace().scope()));
        assertThat(openings.open(member, deployment.namespace())).isEqualTo(deployment.scope());
        assertThat(opened()).isEqualTo(1);

        String missing = refusal(member, "no-such-1234");
        assertThat(refusal(holding(Role.ORGANIZATION_MEMBER.in(organization())), deployment.namespace()))
                .isEqualTo(missing);
        assertThat(refusal(holding(new Grant(deployment.scope(), Set.of())), deployment.namespace()))
                .isEqualTo(missing);
        assertThat(opened()).isEqualTo(1);
    }

    private String refusal(Caller caller, String namespace) {
        StringBuilder problem = new StringBuilder();
        assertThatThrownBy(() -> openings.open(caller, namespace))
                .isInstanceOfSatisfying(ProblemException.class, failure -> problem.append(failure.problem()));
        return problem.toString();
    }

    private Scope.OfOrganization organization() {
        return new Scope.OfOrganization(world.organizationId());
    }

    private Caller holding(Grant grant) {
        return new Caller(
                new Principal(world.owner().subject(), List.of(grant)),
                world.owner().origin());
    }

    private long opened() {
        return world.database()
                .database()
                .jdbi()
                .withHandle(handle -> handle.createQuery("""
                                SELECT count(*) FROM audit_event
                                WHERE action = 'airflow.opened' AND entity_type = 'DEPLOYMENT' AND entity_id = :id
                                """)
                        .bind("id", deployment.id().value())
                        .mapTo(Long.class)
                        .one());
    }
}
