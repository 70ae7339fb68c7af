package io.headgate.launch;

import io.headgate.alert.Alerts;
import io.headgate.alert.AlertsEndWithTheirDeployment;
import io.headgate.alert.ChannelsEndWithTheirWorkspace;
import io.headgate.alert.Deliveries;
import io.headgate.alert.ExpiryWarnings;
import io.headgate.alert.FailedRuns;
import io.headgate.alert.FailureWatch;
import io.headgate.alert.NotificationChannels;
import io.headgate.alert.WebhookTargets;
import io.headgate.audit.AuditExport;
import io.headgate.audit.AuditLog;
import io.headgate.audit.AuditRetention;
import io.headgate.audit.AuditSealer;
import io.headgate.audit.AuditVerification;
import io.headgate.audit.CheckpointFile;
import io.headgate.audit.RecentChanges;
import io.headgate.audit.SealingKey;
import io.headgate.deploy.CodeHost;
import io.headgate.deploy.DeployHousekeeping;
import io.headgate.deploy.DeployLimits;
import io.headgate.deploy.DeployQueue;
import io.headgate.deploy.DeployWork;
import io.headgate.deploy.Deploys;
import io.headgate.deploy.DeploysEndWithTheirDeployment;
import io.headgate.deploy.LiveDeploys;
import io.headgate.deploy.Uploads;
import io.headgate.deployment.AirflowChangeLog;
import io.headgate.deployment.AirflowChanges;
import io.headgate.deployment.AirflowOpenings;
import io.headgate.deployment.DagRuns;
import io.headgate.deployment.DeploymentAddresses;
import io.headgate.deployment.DeploymentAdmission;
import io.headgate.deployment.DeploymentEnd;
import io.headgate.deployment.DeploymentLifecycle;
import io.headgate.deployment.DeploymentRoutes;
import io.headgate.deployment.Deployments;
import io.headgate.deployment.PythonPackages;
import io.headgate.deployment.RunActivity;
import io.headgate.deployment.log.ComponentLogs;
import io.headgate.deployment.log.DeploymentLogs;
import io.headgate.deployment.variable.ReservedVariables;
import io.headgate.identity.AirflowSignIns;
import io.headgate.identity.FirstSignIn;
import io.headgate.identity.LiveSessions;
import io.headgate.identity.Passwords;
import io.headgate.identity.SessionSeal;
import io.headgate.identity.Sessions;
import io.headgate.identity.SignInLimits;
import io.headgate.identity.SpentForms;
import io.headgate.identity.Users;
import io.headgate.kernel.IdMinter;
import io.headgate.organization.Organizations;
import io.headgate.organization.WorkspaceEnd;
import io.headgate.organization.Workspaces;
import io.headgate.storage.Database;
import io.headgate.storage.Keys;
import io.headgate.storage.SecretBox;
import io.headgate.storage.Transactions;
import io.headgate.token.ApiTokens;
import io.headgate.token.LastUses;
import io.headgate.token.LiveTokens;
import io.headgate.token.ObservedUses;
import io.headgate.token.RefusalLog;
import io.headgate.token.RequestLimits;
import io.headgate.token.RetiredSecrets;
import io.headgate.token.SigningKey;
import io.headgate.token.TokenHasher;
import io.headgate.token.TokenMinter;
import io.headgate.token.TokensEndWithTheirDeployment;
import io.headgate.token.TokensEndWithTheirWorkspace;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/// All use cases and what they share, put together by hand: the same graph in the server, in `admin` commands and in
/// tests.
public record ControlPlane(
        Clock clock,
        IdMinter ids,
        Transactions transactions,
        DeploymentAddresses addresses,
        DeploymentRoutes routes,
        AirflowChanges airflowChanges,
        AirflowChangeLog airflowChangeLog,
        AirflowOpenings airflowOpenings,
        DeploymentLifecycle lifecycle,
        RunActivity runActivity,
        Organizations organizations,
        Workspaces workspaces,
        Users users,
        Identity identity,
        Deployments deployments,
        DeploymentLogs deploymentLogs,
        Deploys deploys,
        DeployQueue deployQueue,
        DeployHousekeeping deployHousekeeping,
        Uploads uploads,
        Alerts alerts,
        NotificationChannels notificationChannels,
        Notifications notifications,
        ApiTokens apiTokens,
        LiveTokens liveTokens,
        LastUses lastUses,
        ObservedUses observedUses,
        RefusalLog refusalLog,
        RetiredSecrets retiredSecrets,
        RequestLimits requestLimits,
        Audit audit,
        SigningKey signingKey) {

    /// The audit log with all that keeps it whole.
    public record Audit(
            AuditLog log,
            AuditSealer sealer,
            AuditExport export,
            AuditVerification verification,
            AuditRetention retention,
            RecentChanges recentChanges) {
        static Audit over(Surroundings around, Transactions transactions, AuditLog log) {
            SealingKey key = new SealingKey(around.keys().auditSealing(around.random()));
            CheckpointFile file = new CheckpointFile(around.auditKeeping().folder());
            return new Audit(
                    log,
                    new AuditSealer(transactions, around.clock(), key, file),
                    new AuditExport(transactions, log),
                    new AuditVerification(transactions, key, file),
                    new AuditRetention(
                            transactions,
                            around.clock(),
                            key,
                            file,
                            around.auditKeeping().kept()),
                    new RecentChanges(transactions));
        }
    }

    /// How people prove who they are.
    public record Identity(
            Passwords passwords,
            Sessions sessions,
            LiveSessions liveSessions,
            SessionSeal seal,
            FirstSignIn firstSignIn,
            SpentForms spentForms,
            AirflowSignIns airflow) {
        static Identity over(Surroundings around, Transactions transactions, AuditLog audit, IdMinter ids) {
            Clock clock = around.clock();
            SecureRandom random = around.random();
            SessionSeal seal = new SessionSeal(around.keys().sessionSealing(random));
            LiveSessions live = new LiveSessions(transactions, seal, clock);
            Sessions sessions = new Sessions(
                    new Sessions.Needs(transactions, audit, ids, clock, random, seal, live, around.signInLimits()));
            Passwords passwords = new Passwords(transactions, audit, clock, random, sessions);
            return new Identity(
                    passwords,
                    sessions,
                    live,
                    seal,
                    new FirstSignIn(passwords, clock, random),
                    new SpentForms(transactions, clock, random),
                    new AirflowSignIns(live, seal, clock, random));
        }
    }

    /// What differs between a server, a command and a test.
    public record Surroundings(
            Database database,
            Keys keys,
            Clock clock,
            SecureRandom random,
            DeploymentAddresses addresses,
            DeploymentAdmission admission,
            Code code,
            Telling telling,
            ComponentLogs componentLogs,
            AuditKeeping auditKeeping,
            RequestLimits requestLimits,
            SignInLimits signInLimits,
            List<String> reservedVariables) {
        public Surroundings {
            reservedVariables = List.copyOf(reservedVariables);
        }
    }

    /// Where checkpoints of the audit log lie, and how long its rows are kept (U1).
    public record AuditKeeping(Path folder, Duration kept) {}

    /// Who checks and keeps code, and where uploads lie.
    public record Code(CodeHost host, PythonPackages packages, Path uploads, DeployLimits limits) {}

    /// Who knows of DAG runs, and where webhooks may lead.
    public record Telling(FailedRuns failedRuns, DagRuns dagRuns, WebhookTargets targets) {}

    /// What finds out what is to be told, and tells it; for timers.
    public record Notifications(FailureWatch failures, ExpiryWarnings expiries, Deliveries deliveries) {}

    /// The machine's clock in microseconds, as PostgreSQL keeps time: what is answered now equals what is read later.
    static Clock systemClock() {
        return Clock.tick(Clock.systemUTC(), Duration.ofNanos(1000));
    }

    public static ControlPlane over(Surroundings around) {
        Clock clock = around.clock();
        SecureRandom random = around.random();
        IdMinter ids = new IdMinter(clock, random);
        Transactions transactions = new Transactions(around.database().jdbi());
        AuditLog audit = new AuditLog(ids, clock);
        SecretBox secretBox = new SecretBox(around.keys().secretEncryption(random), random);
        TokenHasher hasher = new TokenHasher(around.keys().tokenHashing(random));
        SigningKey signingKey = SigningKey.readOrCreate(around.keys().tokenSigning());
        ObservedUses observedUses = new ObservedUses(clock);
        LastUses lastUses = new LastUses(transactions, observedUses);
        RetiredSecrets retiredSecrets =
                new RetiredSecrets(transactions, clock, around.auditKeeping().kept());
        LiveTokens liveTokens = new LiveTokens(transactions, hasher, clock, lastUses, retiredSecrets);
        DeploymentRoutes routes = new DeploymentRoutes();
        AirflowChanges airflowChanges = new AirflowChanges();
        LiveDeploys liveDeploys = new LiveDeploys(clock);
        DeploymentLifecycle lifecycle =
                new DeploymentLifecycle(transactions, clock, secretBox, around.addresses(), routes, liveDeploys);
        Workspaces workspaces = new Workspaces(
                transactions,
                audit,
                ids,
                clock,
                both(
                        new TokensEndWithTheirWorkspace(audit, liveTokens),
                        new ChannelsEndWithTheirWorkspace(audit, secretBox)));
        Deployments deployments = new Deployments(new Deployments.Needs(
                transactions,
                audit,
                ids,
                clock,
                random,
                secretBox,
                workspaces,
                around.admission(),
                all(
                        new TokensEndWithTheirDeployment(audit, liveTokens),
                        new DeploysEndWithTheirDeployment(clock, liveDeploys),
                        new AlertsEndWithTheirDeployment(audit)),
                lifecycle,
                around.code().packages(),
                ReservedVariables.and(around.reservedVariables())));
        ApiTokens apiTokens = new ApiTokens(new ApiTokens.Needs(
                transactions,
                audit,
                ids,
                clock,
                workspaces,
                deployments,
                new TokenMinter(
                        random, signingKey, around.addresses().controlPlane().toString()),
                hasher,
                liveTokens,
                lastUses));
        Code code = around.code();
        Uploads uploads = new Uploads(new Uploads.Needs(
                transactions,
                clock,
                deployments,
                around.keys().uploadSigning(random),
                code.uploads(),
                around.addresses().controlPlane(),
                code.limits()));
        DeployWork work = new DeployWork(new DeployWork.Needs(
                transactions,
                clock,
                lifecycle,
                deployments,
                code.host(),
                code.packages(),
                uploads,
                liveDeploys,
                code.limits()));
        DeployQueue deployQueue = new DeployQueue(transactions, work, liveDeploys, code.limits());
        Deploys deploys = new Deploys(
                new Deploys.Needs(transactions, audit, ids, clock, deployments, deployQueue, code.limits()));
        Telling telling = around.telling();
        return new ControlPlane(
                clock,
                ids,
                transactions,
                around.addresses(),
                routes,
                airflowChanges,
                new AirflowChangeLog(transactions, audit, airflowChanges),
                new AirflowOpenings(transactions, audit, routes),
                lifecycle,
                new RunActivity(lifecycle, telling.dagRuns(), clock),
                new Organizations(transactions),
                workspaces,
                new Users(ids, clock, random),
                Identity.over(around, transactions, audit, ids),
                deployments,
                new DeploymentLogs(deployments, lifecycle, around.componentLogs()),
                deploys,
                deployQueue,
                new DeployHousekeeping(new DeployHousekeeping.Needs(
                        transactions, clock, lifecycle, deployments, code.host(), uploads, liveDeploys, code.limits())),
                uploads,
                new Alerts(new Alerts.Needs(transactions, audit, ids, clock, deployments, secretBox)),
                new NotificationChannels(new NotificationChannels.Needs(
                        transactions, audit, ids, clock, workspaces, telling.targets(), secretBox)),
                new Notifications(
                        new FailureWatch(new FailureWatch.Needs(
                                transactions, clock, lifecycle, deployments, around.addresses(), telling.failedRuns())),
                        new ExpiryWarnings(transactions, clock, apiTokens, secretBox),
                        new Deliveries(transactions, clock, telling.targets(), secretBox)),
                apiTokens,
                liveTokens,
                lastUses,
                observedUses,
                new RefusalLog(transactions, audit, clock, observedUses),
                retiredSecrets,
                around.requestLimits(),
                Audit.over(around, transactions, audit),
                signingKey);
    }

    private static DeploymentEnd all(DeploymentEnd... ends) {
        return (transaction, caller, deployment) ->
                List.of(ends).forEach(end -> end.deploymentDeleted(transaction, caller, deployment));
    }

    private static WorkspaceEnd both(WorkspaceEnd first, WorkspaceEnd second) {
        return (transaction, caller, workspace) -> {
            first.workspaceDeleted(transaction, caller, workspace);
            second.workspaceDeleted(transaction, caller, workspace);
        };
    }
}
