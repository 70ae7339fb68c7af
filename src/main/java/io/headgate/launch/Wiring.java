package io.headgate.launch;

import io.headgate.alert.Alerts;
import io.headgate.alert.NotificationChannels;
import io.headgate.audit.AuditExport;
import io.headgate.audit.RecentChanges;
import io.headgate.config.FeatureStage;
import io.headgate.config.TrustedProxies;
import io.headgate.deploy.Deploys;
import io.headgate.deploy.Uploads;
import io.headgate.deployment.AirflowOpenings;
import io.headgate.deployment.DeploymentAddresses;
import io.headgate.deployment.DeploymentLifecycle;
import io.headgate.deployment.Deployments;
import io.headgate.deployment.RunActivity;
import io.headgate.deployment.UserIsolation;
import io.headgate.deployment.log.DeploymentLogs;
import io.headgate.identity.AirflowSignIns;
import io.headgate.identity.FirstSignIn;
import io.headgate.identity.LiveSessions;
import io.headgate.identity.Passwords;
import io.headgate.identity.SessionSeal;
import io.headgate.identity.Sessions;
import io.headgate.identity.SpentForms;
import io.headgate.organization.Organizations;
import io.headgate.organization.Workspaces;
import io.headgate.token.ApiTokens;
import io.headgate.token.ObservedUses;
import io.headgate.token.RequestLimits;
import io.headgate.token.SigningKey;
import io.headgate.token.TokenLookup;
import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/// Hands the objects that `main` built to the edges that Quarkus builds.
@Singleton
final class Wiring {
    @Produces
    @Singleton
    @DefaultBean
    RunningServer server() {
        return Handoff.take();
    }

    @Produces
    @Singleton
    Organizations organizations(RunningServer server) {
        return server.controlPlane().organizations();
    }

    @Produces
    @Singleton
    Workspaces workspaces(RunningServer server) {
        return server.controlPlane().workspaces();
    }

    @Produces
    @Singleton
    Deployments deployments(RunningServer server) {
        return server.controlPlane().deployments();
    }

    @Produces
    @Singleton
    DeploymentLogs deploymentLogs(RunningServer server) {
        return server.controlPlane().deploymentLogs();
    }

    @Produces
    @Singleton
    Deploys deploys(RunningServer server) {
        return server.controlPlane().deploys();
    }

    @Produces
    @Singleton
    Uploads uploads(RunningServer server) {
        return server.controlPlane().uploads();
    }

    @Produces
    @Singleton
    Alerts alerts(RunningServer server) {
        return server.controlPlane().alerts();
    }

    @Produces
    @Singleton
    NotificationChannels notificationChannels(RunningServer server) {
        return server.controlPlane().notificationChannels();
    }

    @Produces
    @Singleton
    ApiTokens apiTokens(RunningServer server) {
        return server.controlPlane().apiTokens();
    }

    @Produces
    @Singleton
    TokenLookup tokenLookup(RunningServer server) {
        return server.controlPlane().liveTokens();
    }

    @Produces
    @Singleton
    ObservedUses observedUses(RunningServer server) {
        return server.controlPlane().observedUses();
    }

    @Produces
    @Singleton
    RequestLimits requestLimits(RunningServer server) {
        return server.controlPlane().requestLimits();
    }

    @Produces
    @Singleton
    AuditExport auditExport(RunningServer server) {
        return server.controlPlane().audit().export();
    }

    @Produces
    @Singleton
    DeploymentAddresses addresses(RunningServer server) {
        return server.controlPlane().addresses();
    }

    @Produces
    @Singleton
    SigningKey signingKey(RunningServer server) {
        return server.controlPlane().signingKey();
    }

    @Produces
    @Singleton
    TrustedProxies trustedProxies(RunningServer server) {
        return new TrustedProxies(server.trustedProxies());
    }

    @Produces
    @Singleton
    UserIsolation isolation(RunningServer server) {
        return server.isolation();
    }

    @Produces
    @Singleton
    FeatureStage tokensStage(RunningServer server) {
        return server.tokensStage();
    }

    @Produces
    @Singleton
    Sessions sessions(RunningServer server) {
        return server.controlPlane().identity().sessions();
    }

    @Produces
    @Singleton
    LiveSessions liveSessions(RunningServer server) {
        return server.controlPlane().identity().liveSessions();
    }

    @Produces
    @Singleton
    SessionSeal sessionSeal(RunningServer server) {
        return server.controlPlane().identity().seal();
    }

    @Produces
    @Singleton
    FirstSignIn firstSignIn(RunningServer server) {
        return server.controlPlane().identity().firstSignIn();
    }

    @Produces
    @Singleton
    Passwords passwords(RunningServer server) {
        return server.controlPlane().identity().passwords();
    }

    @Produces
    @Singleton
    SpentForms spentForms(RunningServer server) {
        return server.controlPlane().identity().spentForms();
    }

    @Produces
    @Singleton
    RecentChanges recentChanges(RunningServer server) {
        return server.controlPlane().audit().recentChanges();
    }

    @Produces
    @Singleton
    AirflowSignIns airflowSignIns(RunningServer server) {
        return server.controlPlane().identity().airflow();
    }

    @Produces
    @Singleton
    RunActivity runActivity(RunningServer server) {
        return server.controlPlane().runActivity();
    }

    @Produces
    @Singleton
    DeploymentLifecycle lifecycle(RunningServer server) {
        return server.controlPlane().lifecycle();
    }

    @Produces
    @Singleton
    AirflowOpenings airflowOpenings(RunningServer server) {
        return server.controlPlane().airflowOpenings();
    }

    @Produces
    @Singleton
    Clock clock(RunningServer server) {
        return server.controlPlane().clock();
    }
}
