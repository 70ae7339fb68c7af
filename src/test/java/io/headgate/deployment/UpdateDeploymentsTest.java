package io.headgate.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.deployment.variable.EnvironmentVariable;
import io.headgate.deployment.variable.ShownVariable;
import io.headgate.deployment.variable.WantedVariable;
import io.headgate.kernel.DeploymentId;
import io.headgate.kernel.Problem;
import io.headgate.kernel.ProblemException;
import io.headgate.kernel.SecretText;
import io.headgate.storage.JsonColumn;
import io.headgate.testing.TestControlPlane;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// What a change of a Deployment does to what is to run, and to what is stored.
final class UpdateDeploymentsTest {
    private static final TestControlPlane WORLD = new TestControlPlane();

    private final Deployments deployments = WORLD.controlPlane().deployments();

    @AfterAll
    static void close() {
        WORLD.close();
    }

    /// V8, V9: several keys, one revision; the answer already says so, and only that very revision ends it.
    @Test
    void newVariablesAreOneRevisionAndDeployingUntilThatRuns() {
        DeploymentId id = healthy("variables");
        DesiredAirflow before = desired(id);

        DeploymentChanged changed =
                change(id, DeploymentChange.none().withVariables(List.of(open("A", "1"), secret("B", "2"))));

        assertThat(changed.restarts()).isTrue();
        assertThat(changed.after().status()).isEqualTo(DeploymentStatus.DEPLOYING);
        assertThat(changed.after().variables())
                .extracting(ShownVariable::value)
                .containsExactly(Optional.of("1"), Optional.empty());
        assertThat(desired(id).revision()).isEqualTo(before.revision() + 1);
        assertThat(desired(id).variables())
                .extracting(variable -> variable.key() + "=" + variable.value().reveal())
                .containsExactly("A=1", "B=2");
        observe(before);
        assertThat(status(id)).isEqualTo(DeploymentStatus.DEPLOYING);
        observe(desired(id));
        assertThat(status(id)).isEqualTo(DeploymentStatus.HEALTHY);
    }

    /// V9: neither revision nor author nor time moves, and the audit log says nothing.
    @Test
    void savingWhatIsThereWritesNothing() {
        DeploymentId id = healthy("same");
        List<WantedVariable> all = List.of(open("A", "1"), secret("B", "2"));
        change(id, DeploymentChange.none().withVariables(all));
        Deployment before = WORLD.healthy(id);
        DesiredAirflow airflow = desired(id);
        long events = events(id);
        WORLD.clock().advance(Duration.ofMinutes(1));

        DeploymentChanged changed = change(
                id,
                DeploymentChange.none()
                        .withName("same")
                        .withPythonRequirements(" \n")
                        .withVariables(List.of(new WantedVariable("B", Optional.empty(), true), open("A", "1"))));

        assertThat(changed.restarts()).isFalse();
        assertThat(changed.after()).isEqualTo(before);
        assertThat(desired(id).revision()).isEqualTo(airflow.revision());
        assertThat(events(id)).isEqualTo(events);
        change(id, DeploymentChange.none().withVariables(List.of(open("A", "1"))));
        assertThat(events(id)).as("control").isEqualTo(events + 1);
    }

    /// Airflow's pages show the old name until they start again for another reason.
    @Test
    void aNewNameRestartsNothingAndArrivesWithTheNextStart() {
        DeploymentId id = healthy("old name");

        DeploymentChanged renamed = change(id, DeploymentChange.none().withName("new name"));

        assertThat(renamed.after().name()).isEqualTo("new name");
        assertThat(renamed.after().status()).isEqualTo(DeploymentStatus.HEALTHY);
        assertThat(desired(id).name()).isEqualTo("old name");
        change(id, DeploymentChange.none().withVariables(List.of(open("A", "1"))));
        assertThat(desired(id).name()).isEqualTo("new name");
    }

    @Test
    void packagesAreResolvedOutsideAndStoredWithTheirText() {
        DeploymentId id = healthy("packages");

        DeploymentChanged changed = change(id, DeploymentChange.none().withPythonRequirements("pandas==2.2"));

        assertThat(changed.after().settings().pythonRequirements()).contains("pandas==2.2");
        assertThat(changed.after().status()).isEqualTo(DeploymentStatus.DEPLOYING);
        assertThat(desired(id).python().orElseThrow().lock()).isEqualTo("locked pandas==2.2");
        long resolutions = WORLD.pythonPackages().resolutions();
        change(id, DeploymentChange.none().withName("packages too").withPythonRequirements("pandas==2.2"));
        assertThat(WORLD.pythonPackages().resolutions())
                .as("the same text is not resolved again")
                .isEqualTo(resolutions);
        assertThat(desired(id).python()).isPresent();
        change(id, DeploymentChange.none().withPythonRequirements(""));
        assertThat(desired(id).python()).isEmpty();
    }

    @Test
    void whatCannotBeResolvedChangesNothingAndSaysTheResolversWords() {
        DeploymentId id = healthy("unresolvable");

        Problem problem = problem(
                id, DeploymentChange.none().withName("unresolvable too").withPythonRequirements("no-such-package"));

        assertThat(problem.status()).isEqualTo(400);
        assertThat(problem.message()).contains("pythonRequirements").contains("was not found in the package registry");
        assertThat(view(id).name()).isEqualTo("unresolvable");
    }

    /// Resolution takes minutes, and others go on.
    @Test
    void whatOthersChangeDuringAResolutionIsNotLost() {
        DeploymentId id = healthy("meanwhile");
        WORLD.pythonPackages()
                .meanwhile(() -> change(id, DeploymentChange.none().withVariables(List.of(open("MEANWHILE", "1")))));

        change(id, DeploymentChange.none().withPythonRequirements("polars"));

        assertThat(desired(id).variables()).extracting(EnvironmentVariable::key).containsExactly("MEANWHILE");
        assertThat(desired(id).python()).isPresent();
    }

    @Test
    void aDeploymentThatIsDeletedDuringAResolutionIsNotFound() {
        DeploymentId id = healthy("deleted meanwhile");
        WORLD.pythonPackages().meanwhile(() -> deployments.delete(WORLD.owner(), WORLD.organizationId(), id));

        assertThat(problem(id, DeploymentChange.none().withPythonRequirements("polars"))
                        .status())
                .isEqualTo(404);
    }

    /// Never both: what came with the code decides.
    @Test
    void packagesAreRefusedWhileTheCodeBringsItsOwn() {
        DeploymentId id = healthy("brings its own");
        DesiredCode code = new DesiredCode(
                new BundleVersion("v1"), List.of(), Optional.of(new PythonLock("pandas", "locked", true)));
        WORLD.controlPlane()
                .transactions()
                .useTransaction(tx -> tx.handle()
                        .execute(
                                "UPDATE deployment SET desired_code = ?::jsonb WHERE id = ?",
                                JsonColumn.write(code),
                                id.value()));

        Problem problem = problem(id, DeploymentChange.none().withPythonRequirements("polars"));

        assertThat(problem.fieldErrors()).extracting(Problem.FieldError::field).containsExactly("pythonRequirements");
        assertThat(change(id, DeploymentChange.none().withVariables(List.of(open("A", "1"))))
                        .restarts())
                .as("control")
                .isTrue();
    }

    /// Each of two that change different things at once finds the change of the other.
    @Test
    void twoUpdatesAtOnceLoseNothing() throws Exception {
        DeploymentId id = healthy("at once");
        List<Callable<DeploymentChanged>> acts = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String requirements = "package-" + i;
            acts.add(() -> change(id, DeploymentChange.none().withPythonRequirements(requirements)));
            acts.add(() -> change(id, DeploymentChange.none().withVariables(List.of(open("A", requirements)))));
        }
        long before = desired(id).revision();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (Future<DeploymentChanged> done : threads.invokeAll(acts)) {
                assertThat(done.get().restarts()).isTrue();
            }
        }
        DesiredAirflow after = desired(id);
        assertThat(after.revision()).isEqualTo(before + acts.size());
        assertThat(after.variables()).hasSize(1);
        assertThat(after.python().orElseThrow().requirements())
                .isEqualTo(view(id).settings().pythonRequirements().orElseThrow());
    }

    @Test
    void twoRenamingsToOneNameAtOnceGiveItToOne() throws Exception {
        List<DeploymentId> ids = List.of(healthy("rename-1"), healthy("rename-2"), healthy("rename-3"));
        List<Callable<Boolean>> acts = ids.stream()
                .<Callable<Boolean>>map(id -> () -> {
                    try {
                        change(id, DeploymentChange.none().withName("the one"));
                        return true;
                    } catch (ProblemException e) {
                        assertThat(e.problem().status()).isEqualTo(409);
                        return false;
                    }
                })
                .toList();
        int renamed = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
            for (Future<Boolean> done : threads.invokeAll(acts)) {
                renamed += done.get() ? 1 : 0;
            }
        }
        assertThat(renamed).isEqualTo(1);
    }

    /// P5, and what the stock command line sends right after creating from a file.
    @Test
    void whileCreatingOnlyVariablesAndEmailsChange() {
        DeploymentId id = WORLD.deployment("creating").id();

        assertThat(problem(id, DeploymentChange.none().withName("other")).status())
                .isEqualTo(409);
        assertThat(problem(id, DeploymentChange.none().withPythonRequirements("pandas"))
                        .status())
                .isEqualTo(409);
        Deployment after = change(id, DeploymentChange.none().withVariables(List.of(open("A", "1"))))
                .after();
        assertThat(after.status()).isEqualTo(DeploymentStatus.CREATING);
        assertThat(desired(id).variables()).hasSize(1);
        WORLD.healthy(id);
        assertThat(change(id, DeploymentChange.none().withName("other")).after().name())
                .as("control")
                .isEqualTo("other");
    }

    /// V5, V10: no table holds the value of a secret; a value that is none is found by the same search.
    @Test
    void noTableHoldsASecretAndAnOpenValueIsFound() {
        DeploymentId id = healthy("hidden");
        String hidden = "hidden-value-8d1f";
        String shown = "shown-value-8d1f";
        change(id, DeploymentChange.none().withVariables(List.of(secret("H", hidden), open("S", shown))));
        change(id, DeploymentChange.none().withVariables(List.of(secret("H", hidden + "2"), open("S", shown))));

        assertThat(tablesHolding(hidden)).isEmpty();
        assertThat(tablesHolding(shown)).containsExactly("environment_variable");
        assertThat(view(id).toString() + desired(id)).doesNotContain(hidden);
    }

    /// A plan says the same as the deed, and leaves everything as it is.
    @Test
    void aPreviewChangesNothing() {
        DeploymentId id = healthy("preview");
        DeploymentChange change = DeploymentChange.none().withName("shown").withVariables(List.of(secret("A", "1")));

        DeploymentChanged preview = deployments.preview(WORLD.owner(), WORLD.organizationId(), id, change);

        assertThat(preview.after().name()).isEqualTo("shown");
        assertThat(preview.changedSecrets()).containsExactly("A");
        assertThat(view(id).name()).isEqualTo("preview");
        assertThat(desired(id).variables()).isEmpty();
        assertThat(change(id, change).after().name()).as("control").isEqualTo("shown");
    }

    /// Creation takes both, too.
    @Test
    void aDeploymentIsBornWithVariablesAndPackages() {
        NewDeployment named = NewDeployment.named(WORLD.workspace().id(), "born");
        NewDeployment wanted = new NewDeployment(
                named.workspaceId(),
                named.name(),
                named.description(),
                named.release(),
                named.executor(),
                named.schedulerSize(),
                false,
                false,
                Optional.empty(),
                true,
                Optional.empty(),
                Optional.empty(),
                named.taskPod(),
                List.of(),
                List.of(),
                List.of(secret("A", "1")),
                Optional.of("pandas"),
                true);

        Deployment made = deployments.create(WORLD.owner(), WORLD.organizationId(), wanted);

        assertThat(made).isEqualTo(view(made.id()));
        assertThat(desired(made.id()).python().orElseThrow().lock()).isEqualTo("locked pandas");
        assertThat(desired(made.id()).variables()).hasSize(1);
    }

    private static WantedVariable open(String key, String value) {
        return new WantedVariable(key, Optional.of(new SecretText(value)), false);
    }

    private static WantedVariable secret(String key, String value) {
        return new WantedVariable(key, Optional.of(new SecretText(value)), true);
    }

    private static DeploymentId healthy(String name) {
        return WORLD.healthy(WORLD.deployment(name).id()).id();
    }

    private DeploymentChanged change(DeploymentId id, DeploymentChange change) {
        return deployments.update(WORLD.owner(), WORLD.organizationId(), id, change);
    }

    private Problem problem(DeploymentId id, DeploymentChange change) {
        try {
            change(id, change);
            throw new AssertionError("no problem");
        } catch (ProblemException e) {
            return e.problem();
        }
    }

    private Deployment view(DeploymentId id) {
        return deployments.view(WORLD.owner(), WORLD.organizationId(), id);
    }

    private DeploymentStatus status(DeploymentId id) {
        return view(id).status();
    }

    private static DesiredAirflow desired(DeploymentId id) {
        return WORLD.controlPlane().lifecycle().present().stream()
                .filter(airflow -> airflow.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static void observe(DesiredAirflow airflow) {
        WORLD.controlPlane()
                .lifecycle()
                .observed(airflow, DeploymentStatus.HEALTHY, "", Optional.empty(), Optional.empty());
    }

    private static long events(DeploymentId id) {
        return WORLD.controlPlane()
                .transactions()
                .inTransaction(tx -> tx.handle()
                        .createQuery("SELECT count(*) FROM audit_event WHERE entity_id = :id")
                        .bind("id", id.value())
                        .mapTo(Long.class)
                        .one());
    }

    private static List<String> tablesHolding(String needle) {
        return WORLD.controlPlane()
                .transactions()
                .inTransaction(tx -> tx
                        .handle()
                        .createQuery("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
                        .mapTo(String.class)
                        .list()
                        .stream()
                        .filter(table -> tx.handle()
                                        .createQuery("SELECT count(*) FROM \"" + table
                                                + "\" t WHERE position(:needle IN t::text) > 0")
                                        .bind("needle", needle)
                                        .mapTo(Integer.class)
                                        .one()
                                > 0)
                        .toList());
    }
}
