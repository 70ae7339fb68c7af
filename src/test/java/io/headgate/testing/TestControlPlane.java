package io.headgate.testing;

import io.headgate.access.Authorship;
import io.headgate.access.Caller;
import io.headgate.access.Role;
import io.headgate.deployment.Deployment;
import io.headgate.deployment.DeploymentAddresses;
import io.headgate.deployment.DeploymentStatus;
import io.headgate.deployment.DesiredAirflow;
import io.headgate.deployment.NewDeployment;
import io.headgate.identity.User;
import io.headgate.kernel.DeploymentId;
import io.headgate.kernel.OrganizationId;
import io.headgate.launch.ControlPlane;
import io.headgate.organization.NewWorkspace;
import io.headgate.organization.Organization;
import io.headgate.organization.Workspace;
import io.headgate.storage.Keys;
import io.headgate.token.ApiToken;
import io.headgate.token.IssuedToken;
import io.headgate.token.NewApiToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// A whole control plane on a real database, with an Organization, its owner, a Workspace and two sibling Deployments.
public final class TestControlPlane implements AutoCloseable {
    public static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

    private final TestDatabase database = TestDatabase.create();
    private final TestingClock clock = new TestingClock(START);
    private final TestPackages packages = new TestPackages();
    private final Path keys;
    private final ControlPlane controlPlane;
    private final Caller owner;
    private final Workspace workspace;
    private final Deployment own;
    private final Deployment sibling;

    public TestControlPlane() {
        try {
            this.keys = Files.createTempDirectory("headgate-test-keys-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.controlPlane = ControlPlane.over(new ControlPlane.Surroundings(
                database.database(),
                new Keys(keys),
                clock,
                new SecureRandom(),
                new DeploymentAddresses(
                        URI.create("http://localhost:8888"), URI.create("http://localhost:8889"), "localhost:8889"),
                _ -> Optional.empty(),
                packages,
                List.of("RESERVED_HERE", "OURS_*")));
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
    }

    public ControlPlane controlPlane() {
        return controlPlane;
    }

    /// What resolves Python packages here.
    public TestPackages packages() {
        return packages;
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
        return controlPlane
                .apiTokens()
                .create(
                        owner,
                        organizationId(),
                        new NewApiToken.ForOrganization(
                                Role.ORGANIZATION_OWNER, new NewApiToken.Terms(name, "", OptionalInt.empty())));
    }

    /// Somebody who holds that token and nothing else.
    public Caller holderOf(ApiToken token) {
        return new Caller(token.principal(), owner.origin());
    }

    @Override
    public void close() {
        database.close();
    }
}
