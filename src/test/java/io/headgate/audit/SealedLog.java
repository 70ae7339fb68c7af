package io.headgate.audit;

import io.headgate.launch.ControlPlane;
import io.headgate.organization.NewWorkspace;
import io.headgate.testing.TestControlPlane;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A control plane whose audit log is sealed, and the hands of somebody who may do anything to its database.
final class SealedLog implements AutoCloseable {
    private final TestControlPlane world = new TestControlPlane();

    /// With some rows in two batches of seals, so that there are several checkpoints.
    static SealedLog withRows() {
        SealedLog log = new SealedLog();
        log.act("first");
        log.seal();
        log.act("second");
        log.act("third");
        log.seal();
        return log;
    }

    TestControlPlane world() {
        return world;
    }

    ControlPlane.Audit audit() {
        return world.controlPlane().audit();
    }

    /// Does something that leaves a row.
    void act(String name) {
        var _ = world.controlPlane()
                .workspaces()
                .create(world.owner(), world.organizationId(), new NewWorkspace(name, "", false));
    }

    int seal() {
        return audit().sealer().seal();
    }

    AuditVerdict verify() {
        return audit().verification().verify();
    }

    /// As an intruder with the database's own password: no trigger stands in the way.
    void tamper(String... statements) {
        world.controlPlane().transactions().useTransaction(tx -> {
            tx.handle().execute("SET LOCAL session_replication_role = replica");
            for (String statement : statements) {
                tx.handle().execute(statement);
            }
        });
    }

    /// As the product's own role, with everything in force.
    void execute(String statement) {
        world.controlPlane().transactions().useTransaction(tx -> tx.handle().execute(statement));
    }

    long number(String query) {
        return world.controlPlane()
                .transactions()
                .inTransaction(
                        tx -> tx.handle().createQuery(query).mapTo(Long.class).one());
    }

    Path file() {
        return world.folder().resolve("audit/checkpoints.ndjson");
    }

    List<String> lines() {
        try {
            return Files.readAllLines(file());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        world.close();
    }
}
