package io.headgate.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.access.Caller;
import io.headgate.alert.WebhookTargets;
import io.headgate.deploy.DeployLimits;
import io.headgate.deployment.DeploymentAddresses;
import io.headgate.deployment.DesiredAirflow;
import io.headgate.deployment.log.ComponentLogs;
import io.headgate.identity.SignInLimits;
import io.headgate.kernel.SecretText;
import io.headgate.storage.Keys;
import io.headgate.testing.TestDatabase;
import io.headgate.testing.TestingClock;
import io.headgate.token.RequestLimits;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FirstStartTest {
    private static final FirstStart.Wishes WISHES = new FirstStart.Wishes(
            Optional.of("Ada@Example.com"), Optional.of(new SecretText("correct horse battery")), true);

    @TempDir
    private Path keys = Path.of("");

    @Test
    void anEmptyDatabaseGetsEverythingOnceAndALaterStartFindsTheSame() {
        try (TestDatabase database = TestDatabase.create()) {
            FirstStart.Outcome first = new FirstStart(controlPlane(database)).ensure(WISHES);
            FirstStart.Outcome second = new FirstStart(controlPlane(database)).ensure(WISHES);
            assertThat(second).isEqualTo(first);
            assertThat(first.ownerEmail()).isEqualTo("ada@example.com");
            assertThat(first.quickstart()).isPresent();
            ControlPlane controlPlane = controlPlane(database);
            assertThat(controlPlane.lifecycle().present())
                    .singleElement()
                    .satisfies(airflow ->
                            assertThat(airflow.dagsPausedAtCreation()).isFalse());
            String stored = controlPlane
                    .transactions()
                    .inTransaction(tx -> tx.handle()
                            .createQuery("SELECT password_hash FROM user_account")
                            .mapTo(String.class)
                            .one());
            List<String> actions = controlPlane
                    .transactions()
                    .inTransaction(tx -> tx.handle()
                            .createQuery("SELECT action FROM audit_event ORDER BY id")
                            .mapTo(String.class)
                            .list());
            assertThat(actions)
                    .containsExactly("organization.created", "user.created", "workspace.created", "deployment.created");
            assertThat(stored).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").doesNotContain("correct horse");
        }
    }

    @Test
    void aStartThatWasKilledHalfWayGoesOnWhereItStopped() {
        try (TestDatabase database = TestDatabase.create()) {
            ControlPlane controlPlane = controlPlane(database);
            // as if killed before the Deployment was made and the last mark set
            new FirstStart(controlPlane).ensure(new FirstStart.Wishes(Optional.empty(), Optional.empty(), false));
            controlPlane
                    .transactions()
                    .useTransaction(tx -> tx.handle().execute("UPDATE installation SET bootstrapped_at = NULL"));
            assertThat(new FirstStart(controlPlane).ensure(WISHES).quickstart()).isPresent();
        }
    }

    @Test
    void aDeletedQuickstartDoesNotComeBack() {
        try (TestDatabase database = TestDatabase.create()) {
            ControlPlane controlPlane = controlPlane(database);
            FirstStart.Outcome outcome = new FirstStart(controlPlane).ensure(WISHES);
            var owner = controlPlane
                    .transactions()
                    .inTransaction(controlPlane.users()::owner)
                    .orElseThrow();
            controlPlane
                    .deployments()
                    .delete(
                            new Caller(owner.principal(), new Caller.Origin("t", "t", "t")),
                            outcome.organizationId(),
                            outcome.quickstart().orElseThrow().id());
            assertThat(new FirstStart(controlPlane).ensure(WISHES).quickstart()).isEmpty();
            assertThat(controlPlane.lifecycle().toRetire()).singleElement().isInstanceOf(DesiredAirflow.class);
        }
    }

    private ControlPlane controlPlane(TestDatabase database) {
        return ControlPlane.over(new ControlPlane.Surroundings(
                database.database(),
                new Keys(keys),
                new TestingClock(Instant.parse("2026-01-02T03:04:05Z")),
                new SecureRandom(),
                new DeploymentAddresses(
                        URI.create("http://localhost:8888"), URI.create("http://localhost:8889"), "localhost:8889"),
                _ -> Optional.empty(),
                new ControlPlane.Code(
                        new NoCodeHost(), new NoCodeHost(), keys.resolve("uploads"), DeployLimits.standard()),
                new ControlPlane.Telling(
                        (_, _) -> Optional.empty(), (_, _) -> Optional.empty(), new WebhookTargets(false)),
                ComponentLogs.none(),
                new ControlPlane.AuditKeeping(keys.resolve("audit"), Duration.ofDays(90)),
                RequestLimits.none(),
                SignInLimits.none(),
                List.of()));
    }
}
