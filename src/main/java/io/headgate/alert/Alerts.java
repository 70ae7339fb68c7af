package io.headgate.alert;

import io.headgate.access.Authorship;
import io.headgate.access.Caller;
import io.headgate.access.DeploymentPermission;
import io.headgate.access.OrganizationPermission;
import io.headgate.access.Reach;
import io.headgate.access.Scope;
import io.headgate.audit.AuditEvent;
import io.headgate.audit.AuditLog;
import io.headgate.deployment.Deployment;
import io.headgate.deployment.Deployments;
import io.headgate.kernel.AlertId;
import io.headgate.kernel.FailPoint;
import io.headgate.kernel.IdMinter;
import io.headgate.kernel.NotificationChannelId;
import io.headgate.kernel.OrganizationId;
import io.headgate.kernel.Page;
import io.headgate.kernel.PageRequest;
import io.headgate.kernel.Problem;
import io.headgate.organization.Organizations;
import io.headgate.storage.SecretBox;
import io.headgate.storage.Transaction;
import io.headgate.storage.Transactions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/// What can be done with alerts. They belong to the Workspace: a Deployment token with its default role reads those of
/// its Deployment and changes none (S12).
public final class Alerts {
    /// Rows are locked in one order, or two creations could wait for each other for ever.
    private static final Comparator<NotificationChannelId> BY_VALUE =
            Comparator.comparing(NotificationChannelId::value);

    private final Transactions transactions;
    private final AuditLog audit;
    private final IdMinter ids;
    private final Clock clock;
    private final Deployments deployments;
    private final NotificationChannelStore channels;
    private final AlertStore store = new AlertStore();

    /// What the use cases need from elsewhere.
    public record Needs(
            Transactions transactions,
            AuditLog audit,
            IdMinter ids,
            Clock clock,
            Deployments deployments,
            SecretBox secretBox) {}

    public Alerts(Needs needs) {
        this.transactions = needs.transactions;
        this.audit = needs.audit;
        this.ids = needs.ids;
        this.clock = needs.clock;
        this.deployments = needs.deployments;
        this.channels = new NotificationChannelStore(needs.secretBox);
    }

    public Page<Alert> list(Caller caller, OrganizationId organizationId, AlertFilter filter, PageRequest request) {
        caller.require(OrganizationPermission.GET, new Scope.OfOrganization(organizationId), Organizations.notFound());
        Reach reach = Reach.holding(DeploymentPermission.ALERTS_GET, caller.principal(), organizationId);
        return transactions.inTransaction(tx -> store.list(tx, organizationId, reach, filter, request));
    }

    public Alert view(Caller caller, OrganizationId organizationId, AlertId id) {
        return transactions.inTransaction(tx -> {
            Alert alert = store.find(tx, organizationId, id)
                    .orElseThrow(() -> notFound().asException());
            caller.require(DeploymentPermission.ALERTS_GET, alert.deployment(), notFound());
            return alert;
        });
    }

    /// Makes an alert; it tells of what fails from now on. Its channels must be of the Deployment's Workspace.
    public Alert create(Caller caller, OrganizationId organizationId, NewAlert wanted) {
        Alert made = transactions.inTransaction(tx -> {
            Deployment deployment = deployments
                    .findForUpdate(tx, caller, organizationId, wanted.deploymentId())
                    .orElseThrow(() -> Deployments.notFound().asException());
            caller.require(DeploymentPermission.ALERTS_CREATE, deployment.scope(), Deployments.notFound());
            Alert alert = new Alert(
                    ids.alert(),
                    deployment.scope(),
                    deployment.name(),
                    wanted.name(),
                    wanted.type(),
                    wanted.severity(),
                    wanted.patterns(),
                    told(tx, deployment.scope(), wanted.channelIds()),
                    Authorship.createdBy(caller.subject(), clock.instant()));
            store.insert(tx, alert);
            record(tx, caller, "alert.created", alert);
            FailPoint.ALERT_CREATE_BEFORE_COMMIT.pass();
            return alert;
        });
        FailPoint.ALERT_CREATE_AFTER_COMMIT.pass();
        return made;
    }

    /// What it has told already, or is about to, is still told.
    public void delete(Caller caller, OrganizationId organizationId, AlertId id) {
        transactions.useTransaction(tx -> {
            Alert alert = store.findForUpdate(tx, organizationId, id)
                    .orElseThrow(() -> notFound().asException());
            caller.require(DeploymentPermission.ALERTS_DELETE, alert.deployment(), notFound());
            store.delete(tx, id);
            record(tx, caller, "alert.deleted", alert);
            FailPoint.ALERT_DELETE_BEFORE_COMMIT.pass();
        });
        FailPoint.ALERT_DELETE_AFTER_COMMIT.pass();
    }

    public static Set<String> sortFields() {
        return AlertStore.SORTS.fields();
    }

    public static Problem notFound() {
        return Problem.notFound("Alert");
    }

    /// A channel of another Workspace is as unknown as one that does not exist.
    private List<Alert.Told> told(Transaction tx, Scope.OfDeployment deployment, List<NotificationChannelId> wanted) {
        List<Alert.Told> told = new ArrayList<>();
        for (NotificationChannelId id :
                wanted.stream().distinct().sorted(BY_VALUE).toList()) {
            NotificationChannel channel = channels.findForUpdate(tx, deployment.organizationId(), id)
                    .filter(found -> found.workspace().equals(deployment.workspace()))
                    .orElseThrow(() -> Problem.invalidField(
                                    "notificationChannelIds",
                                    "unknown",
                                    "notificationChannelIds must name notification channels of the Deployment's"
                                            + " Workspace, given '" + id + "'")
                            .asException());
            told.add(new Alert.Told(channel.id(), channel.name(), channel.type()));
        }
        return told;
    }

    private void record(Transaction tx, Caller caller, String action, Alert alert) {
        audit.append(
                tx,
                caller,
                new AuditEvent(action, alert.deployment(), "ALERT", alert.id().value()));
    }
}
