package io.headgate.testing;

import io.headgate.access.Authorship;
import io.headgate.access.Caller;
import io.headgate.access.Role;
import io.headgate.access.RoleAssignment;
import io.headgate.access.Scope;
import io.headgate.alert.WebhookTargets;
import io.headgate.deploy.DeployLimits;
import io.headgate.deployment.Deployment;
import io.headgate.deployment.DeploymentAddresses;
import io.headgate.deployment.DeploymentStatus;
import io.headgate.deployment.DesiredAirflow;
import io.headgate.deployment.NewDeployment;
import io.headgate.identity.SignInLimits;
import io.headgate.identity.User;
import io.headgate.kernel.DeploymentId;
import io.headgate.kernel.OrganizationId;
import io.headgate.kernel.WorkspaceId;
import io.headgate.launch.ControlPlane;
import io.headgate.organization.NewWorkspace;
import io.headgate.organization.Organization;
import io.headgate.organization.Workspace;
import io.headgate.storage.Keys;
import io.headgate.token.ApiToken;
import io.headgate.token.IssuedToken;
import io.headgate.token.NewApiToken;
import io.headgate.token.RequestLimits;
import io.headgate.token.WantedRole;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/// A whole control plane on a real database, with an Organization, its owner, a Workspace and two sibling Deployments.
public final class TestControlPlane implements AutoCloseable {
    private static final DeployLimits LIMITS = DeployLimits.standard()
            .withArchiveBytes(8 << 20)
            .withWaits(Duration.ofSeconds(20), Duration.ofSeconds(1), Duration.ofMillis(10));
    public static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

    private final TestDatabase database = TestDatabase.create();
    private final TestingClock clock = new TestingClock(START);
    private final Path folder;
    private final ScriptedCodeHost codeHost;
    private final ScriptedPythonPackages pythonPackages = new ScriptedPythonPackages();
    private final ScriptedFailedRuns failedRuns = new ScriptedFailedRuns();
    private final ScriptedDagRuns dagRuns = new ScriptedDagRuns();
    private final ScriptedComponentLogs componentLogs = new ScriptedComponentLogs();
    private final ControlPlane controlPlane;
    private final ObedientRuntime upOnes;
    private final Caller owner;
    private final Workspace workspace;
    private final Deployment own;
    private final Deployment sibling;

    public TestControlPlane() {
        try {
            this.folder = Files.createTempDirectory("headgate-test-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.codeHost = new ScriptedCodeHost(folder.resolve("code"));
        this.controlPlane = over(database, folder, clock, codeHost, pythonPackages, failedRuns, dagRuns, componentLogs);
        this.upOnes = new ObedientRuntime(controlPlane.lifecycle());
        OrganizationId organizationId = controlPlane.ids().organization();
        User user = controlPlane.users().newOwner(organizationId, "ada@example.com");
        this.owner = new Caller(user.principal(), new Caller.Origin("test", "127.0.0.1", "test"));
        controlPlane.transactions().useTransaction(tx -> {
            controlPlane
                    .organizations()
                    .found(
                            tx,
                            new Organization(
                                    organizationId, "Acme", Authorship.createdBy(owner.subject(), clock.instant())));
            controlPlane.users().add(tx, user, Optional.empty());
        });
        this.workspace = controlPlane.workspaces().create(owner, organizationId, new NewWorkspace("Data", "", false));
        this.own = deployment("prod");
        this.sibling = deployment("staging");
        controlPlane.liveTokens().load();
        controlPlane.identity().liveSessions().load();
        controlPlane.deployQueue().start();
    }

    /// A control plane on a database and folder that may have been used by another one before.
    public static ControlPlane over(
            TestDatabase database,
            Path folder,
            TestingClock clock,
            ScriptedCodeHost codeHost,
            ScriptedPythonPackages pythonPackages,
            ScriptedFailedRuns failedRuns,
            ScriptedDagRuns dagRuns,
            ScriptedComponentLogs componentLogs) {
        return ControlPlane.over(new ControlPlane.Surroundings(
                database.database(),
                new Keys(folder.resolve("keys")),
                clock,
                new SecureRandom(),
                new DeploymentAddresses(
                        URI.create("http://localhost:8888"), URI.create("http://localhost:8889"), "localhost:8889"),
                _ -> Optional.empty(),
                new ControlPlane.Code(codeHost, pythonPackages, folder.resolve("uploads"), LIMITS),
                new ControlPlane.Telling(failedRuns, dagRuns, new WebhookTargets(true)),
                componentLogs,
                new ControlPlane.AuditKeeping(folder.resolve("audit"), Duration.ofDays(90)),
                RequestLimits.none(),
                SignInLimits.none(),
                List.of("RESERVED_HERE", "OURS_*")));
    }

    public ControlPlane controlPlane() {
        return controlPlane;
    }

    /// Plays a runtime that has seen a Deployment run as it is wanted now.
    public Deployment healthy(DeploymentId id) {
        DesiredAirflow airflow = controlPlane.lifecycle().present().stream()
                .filter(candidate -> candidate.id().equals(id))
                .findFirst()
                .orElseThrow();
        controlPlane.lifecycle().observed(airflow, DeploymentStatus.HEALTHY, "", Optional.empty(), Optional.empty());
        return controlPlane.deployments().view(owner, organizationId(), id);
    }

    /// A second one on the same database and folder, as after a restart.
    public ControlPlane restarted() {
        return over(database, folder, clock, codeHost, pythonPackages, failedRuns, dagRuns, componentLogs);
    }

    public ScriptedFailedRuns failedRuns() {
        return failedRuns;
    }

    public ScriptedDagRuns dagRuns() {
        return dagRuns;
    }

    public ScriptedComponentLogs componentLogs() {
        return componentLogs;
    }

    public ScriptedCodeHost codeHost() {
        return codeHost;
    }

    public ScriptedPythonPackages pythonPackages() {
        return pythonPackages;
    }

    /// Runs Deployments in name only.
    public ObedientRuntime runtime() {
        return upOnes;
    }

    /// A fresh Deployment that is HEALTHY and serves whatever it is given.
    public Deployment healthy(String name) {
        Deployment deployment = deployment(name);
        upOnes.run(deployment.id());
        return controlPlane.deployments().view(owner, organizationId(), deployment.id());
    }

    public Path folder() {
        return folder;
    }

    public TestDatabase database() {
        return database;
    }

    public TestingClock clock() {
        return clock;
    }

    public Caller owner() {
        return owner;
    }

    public OrganizationId organizationId() {
        return workspace.organizationId();
    }

    public Workspace workspace() {
        return workspace;
    }

    public Deployment own() {
        return own;
    }

    public Deployment sibling() {
        return sibling;
    }

    public Deployment deployment(String name) {
        return controlPlane.deployments().create(owner, organizationId(), NewDeployment.named(workspace.id(), name));
    }

    public IssuedToken token(DeploymentId deployment, String name, OptionalInt days) {
        return controlPlane
                .apiTokens()
                .create(
                        owner,
                        organizationId(),
                        new NewApiToken.ForDeployment(deployment, new NewApiToken.Terms(name, "", days)));
    }

    public IssuedToken organizationToken(String name) {
        return organizationToken(name, Role.ORGANIZATION_OWNER);
    }

    public IssuedToken organizationToken(String name, Role role) {
        return controlPlane
                .apiTokens()
                .create(
                        owner,
                        organizationId(),
                        new NewApiToken.ForOrganization(role, new NewApiToken.Terms(name, "", OptionalInt.empty())));
    }

    /// A token of {@link #workspace()}.
    public IssuedToken workspaceToken(String name, Role role) {
        return workspaceToken(workspace.id(), name, role);
    }

    public IssuedToken workspaceToken(WorkspaceId workspaceId, String name, Role role) {
        return controlPlane
                .apiTokens()
                .create(
                        owner,
                        organizationId(),
                        new NewApiToken.ForWorkspace(
                                workspaceId, role, new NewApiToken.Terms(name, "", OptionalInt.empty())));
    }

    /// Gives a token a role beside those it has.
    public ApiToken assign(IssuedToken token, RoleAssignment further) {
        ApiToken now = controlPlane
                .apiTokens()
                .view(owner, organizationId(), token.token().id());
        List<WantedRole> wanted = Stream.concat(now.roles().stream(), Stream.of(further))
                .map(TestControlPlane::wanted)
                .toList();
        return controlPlane
                .apiTokens()
                .updateRoles(owner, organizationId(), token.token().id(), wanted);
    }

    public static WantedRole wanted(RoleAssignment role) {
        return switch (role.scope()) {
            case Scope.OfOrganization on -> new WantedRole.OnOrganization(on.organizationId(), role.role());
            case Scope.OfWorkspace on -> new WantedRole.OnWorkspace(on.workspaceId(), role.role());
            case Scope.OfDeployment on -> new WantedRole.OnDeployment(on.deploymentId(), role.role());
        };
    }

    /// One more Workspace.
    public Workspace anotherWorkspace(String name) {
        return controlPlane.workspaces().create(owner, organizationId(), new NewWorkspace(name, "", false));
    }

    public Deployment deployment(WorkspaceId workspaceId, String name) {
        return controlPlane.deployments().create(owner, organizationId(), NewDeployment.named(workspaceId, name));
    }

    /// Somebody who holds that token and nothing else.
    public Caller holderOf(ApiToken token) {
        return new Caller(token.principal(), owner.origin());
    }

    @Override
    public void close() {
        controlPlane.deployQueue().close();
        database.close();
    }
}
