package io.headgate.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.access.Caller;
import io.headgate.testing.TestControlPlane;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// U5, U7: changes in Airflow stand in the audit log a moment later, in their order, and wait while it cannot be
/// written.
final class AirflowChangeLogTest {
    private static final String TABLE = "ALTER TABLE audit_event ";

    private final TestControlPlane world = new TestControlPlane();
    private final AirflowChanges changes = world.controlPlane().airflowChanges();
    private final AirflowChangeLog log = world.controlPlane().airflowChangeLog();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aChangeBecomesAnEventOfItsDeployment() {
        change("POST /api/v2/dags/{dag_id}/dagRuns", 200);
        assertThat(events()).isEmpty();
        log.flush();
        log.flush();
        assertThat(events())
                .containsExactly(
                        "Owner " + world.own().id() + " POST /a/path" + " POST /api/v2/dags/{dag_id}/dagRuns 200");
    }

    @Test
    void changesWaitInTheirOrderWhileNothingCanBeWritten() {
        change("first", 200);
        change("second", AirflowChanges.Change.NO_ANSWER);
        execute(TABLE + "ADD CONSTRAINT closed CHECK (false) NOT VALID");
        assertThatThrownBy(log::flush).hasMessageContaining("closed");
        assertThat(events()).isEmpty();
        change("third", 204);
        execute(TABLE + "DROP CONSTRAINT closed");
        log.flush();
        assertThat(events())
                .extracting(event -> event.substring(event.indexOf("/a/path") + "/a/path ".length()))
                .containsExactly("first 200", "second no answer", "third 204");
    }

    private void change(String operation, int status) {
        Caller.Origin origin = new Caller.Origin("r1", "192.0.2.1", "test", Caller.Client.UNNAMED, "POST", "/a/path");
        changes.add(new AirflowChanges.Change(
                world.owner().subject(), origin, world.own().scope(), operation, status));
    }

    private void execute(String sql) {
        world.controlPlane().transactions().useTransaction(tx -> tx.handle().execute(sql));
    }

    private List<String> events() {
        return world.controlPlane()
                .transactions()
                .inTransaction(
                        tx -> tx.handle().createQuery("""
                        SELECT (subject ->> 'name') || ' ' || deployment_id || ' ' || method || ' ' || path || ' '
                            || (details->>'operation') || ' ' || (details->>'status')
                        FROM audit_event WHERE action = 'airflow.changed' ORDER BY id
                        """).mapTo(String.class).list());
    }
}
