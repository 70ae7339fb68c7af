package io.headgate.launch;

import io.headgate.alert.WebhookTargets;
import io.headgate.certificate.ServerCertificates;
import io.headgate.config.HeadgateSettings;
import io.headgate.config.Settings;
import io.headgate.deploy.DeployLimits;
import io.headgate.gateway.GatewayServer;
import io.headgate.gateway.GatewaySettings;
import io.headgate.host.OomPreference;
import io.headgate.host.ProcessorShare;
import io.headgate.identity.SignInLimits;
import io.headgate.runtime.DesiredDeployments;
import io.headgate.runtime.Pace;
import io.headgate.runtime.Reconciler;
import io.headgate.runtime.process.ProcessRuntime;
import io.headgate.runtime.process.ProcessRuntimeSettings;
import io.headgate.runtime.process.RunningLimits;
import io.headgate.token.RequestLimits;
import io.quarkus.runtime.Quarkus;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/// One running Headgate: starts its parts in order and stops them in the opposite one.
///
/// 1. Addresses and ports are settled, the data folder is locked, the database answers and is migrated.
/// 2. An empty database gets its first Organization, Workspace, owner and Deployment.
/// 3. Tokens and routes are in memory; the gateway and the administration socket open.
/// 4. Quarkus serves API and pages; only then the state file appears and `Headgate is ready` is printed.
/// 5. Deployments go on becoming healthy behind it.
final class Server {
    private static final Logger LOG = Logger.getLogger(Server.class);
    private static final int HOUSEKEEPING_SECONDS = 10;

    /// What a crash left half done is gone within a minute of the next start.
    private static final int DEPLOY_HOUSEKEEPING_SECONDS = 20;

    private static final int TIMER_STOP_SECONDS = 10;
    private static final int NOTIFY_SECONDS = 5;
    private static final int WARN_SECONDS = 60;
    private static final int CERTIFICATE_SECONDS = 5;

    private final Settings settings;
    private final Map<String, String> environment;
    private final Console console;
    private final Deque<Part> parts = new ArrayDeque<>();

    /// Something that was started, and how it is stopped.
    private record Part(String name, AutoCloseable handle) {}

    Server(Settings settings, Map<String, String> environment, Console console) {
        this.settings = settings;
        this.environment = environment;
        this.console = console;
    }

    /// Blocks until SIGTERM or Ctrl-C, then returns when everything that was started is gone.
    int runUntilStopped() throws InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop-everything"));
        try {
            start();
        } catch (RuntimeException | InterruptedException e) {
            stop();
            throw e;
        }
        Quarkus.waitForExit();
        return 0;
    }

    private void start() throws InterruptedException {
        console.say("Headgate " + Main.HeadgateVersion.version());
        var _ = OomPreference.SPARED.takeOurselves();
        var _ = ProcessorShare.takeMore();
        Addresses addresses = Addresses.chosenBy(settings);
        Opened opened = started("database", Opened.open(settings, environment, console::step));
        GatewayCertificates certificates = GatewayCertificates.chosenBy(
                settings, addresses, opened.folder().tls(), ControlPlane.systemClock());
        ProcessRuntime runtime = processRuntime(opened);
        ControlPlane controlPlane = ControlPlane.over(new ControlPlane.Surroundings(
                opened.database(),
                opened.folder().keys(),
                ControlPlane.systemClock(),
                new SecureRandom(),
                addresses.ofDeployments(),
                consent(opened)::refusal,
                code(opened, runtime),
                new ControlPlane.Telling(
                        runtime.failedRuns(),
                        runtime.dagRuns(),
                        new WebhookTargets(settings.get(HeadgateSettings.WEBHOOKS_ANYWHERE))),
                runtime.componentLogs(),
                new ControlPlane.AuditKeeping(
                        opened.folder().audit(), Duration.ofDays(settings.get(HeadgateSettings.AUDIT_RETENTION_DAYS))),
                settings.get(HeadgateSettings.REQUEST_LIMITS)
                        ? RequestLimits.standard(System::nanoTime)
                        : RequestLimits.none(),
                settings.get(HeadgateSettings.REQUEST_LIMITS)
                        ? SignInLimits.standard(System::nanoTime)
                        : SignInLimits.none(),
                settings.get(HeadgateSettings.RESERVED_VARIABLES)));
        FirstStart.Outcome outcome = new FirstStart(controlPlane)
                .ensure(new FirstStart.Wishes(
                        settings.get(HeadgateSettings.OWNER_EMAIL),
                        settings.get(HeadgateSettings.OWNER_PASSWORD),
                        settings.get(HeadgateSettings.QUICKSTART)));
        controlPlane.liveTokens().load();
        controlPlane.identity().liveSessions().load();
        controlPlane.lifecycle().begin();
        controlPlane.deployHousekeeping().begin();
        started("audit log", AuditTimer.start(controlPlane));
        startedTimer("housekeeping", housekeeping(controlPlane));
        started(
                "administration socket",
                AdminSocket.open(opened.folder().adminSocket(), new Administration(controlPlane)));
        Handoff.put(new RunningServer(
                controlPlane,
                settings.get(HeadgateSettings.TRUSTED_PROXIES),
                opened.isolation(),
                settings.get(HeadgateSettings.DEPLOYMENT_API_TOKENS_STAGE)));
        startQuarkus(addresses);
        startGateway(addresses, controlPlane, certificates.certificates());
        new ServerState(addresses, outcome).write(opened.folder().state());
        started("state file", () -> ServerState.remove(opened.folder().state()));
        console.say("Headgate is ready: " + addresses.publicUrl());
        new Welcome(
                        addresses,
                        outcome,
                        controlPlane.identity().firstSignIn().open(),
                        opened,
                        runtime.fence(),
                        certificates.told())
                .print(console);
        startRuntime(runtime, controlPlane);
        startedTimer("notifications", notifications(controlPlane.notifications()));
        started("deploys", controlPlane.deployQueue());
        controlPlane.deployQueue().start();
    }

    private ControlPlane.Code code(Opened opened, ProcessRuntime runtime) {
        return new ControlPlane.Code(
                runtime.codeHost(),
                runtime.pythonPackages(),
                opened.folder().uploads(),
                DeployLimits.standard()
                        .withArchiveBytes(settings.get(HeadgateSettings.ARCHIVE_BYTES_MAX))
                        .withRetention(Duration.ofDays(settings.get(HeadgateSettings.RETENTION_DAYS))));
    }

    private void startGateway(Addresses addresses, ControlPlane controlPlane, ServerCertificates certificates) {
        GatewayServer gateway = started(
                "gateway",
                new GatewayServer(
                        new GatewaySettings(
                                addresses.listen().getHostAddress(),
                                addresses.gatewayPort(),
                                addresses.gatewayPublicUrl(),
                                addresses.browserDomain(),
                                byHost(addresses.hosts()),
                                settings.get(HeadgateSettings.TRUSTED_PROXIES),
                                GatewaySettings.Limits.standard(),
                                GatewaySettings.Timeouts.standard()),
                        controlPlane.liveTokens(),
                        controlPlane.routes(),
                        new GatewayServer.Records(controlPlane.observedUses(), controlPlane.airflowChanges()),
                        controlPlane.requestLimits(),
                        new GatewayServer.Entrance(
                                controlPlane.identity().airflow(), controlPlane.addresses(), certificates),
                        controlPlane.clock()));
        gateway.start();
        startedTimer("certificates", certificates(certificates));
    }

    private ProcessRuntime processRuntime(Opened opened) {
        return new ProcessRuntime(
                new ProcessRuntimeSettings(
                        opened.folder().root(),
                        opened.cache(),
                        settings.get(HeadgateSettings.PYTHON),
                        opened.weAreRoot(),
                        settings.get(HeadgateSettings.FIRST_UID),
                        settings.get(HeadgateSettings.UID_COUNT),
                        settings.get(HeadgateSettings.ALLOW_SHARED_USER),
                        settings.get(HeadgateSettings.TASK_GRACE),
                        settings.get(HeadgateSettings.HAND_OVER_GRACE),
                        new RunningLimits(
                                settings.get(HeadgateSettings.MEMORY_MAX),
                                settings.get(HeadgateSettings.PROCESSES_MAX)),
                        environment,
                        settings.get(HeadgateSettings.PYTHON_INDEX_URL)),
                opened.database(),
                ControlPlane.systemClock());
    }

    private void startRuntime(ProcessRuntime runtime, ControlPlane controlPlane) {
        Reconciler reconciler = new Reconciler(
                runtime,
                new ReportedDeployments(DesiredDeployments.of(controlPlane.lifecycle()), console),
                Pace.STANDARD);
        controlPlane.lifecycle().onChange(_ -> reconciler.wake());
        started("watch over what Deployments use", runtime.watchOveruse());
        started("runtime", reconciler::stop);
        reconciler.start();
        startedTimer("collection of Python environments", collection(runtime, controlPlane));
    }

    /// The setting names a host for each namespace; the gateway looks up the other way round.
    private static Map<String, String> byHost(Map<String, String> hostByNamespace) {
        return hostByNamespace.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getValue, Map.Entry::getKey));
    }

    private void startQuarkus(Addresses addresses) throws InterruptedException {
        System.setProperty("quarkus.http.host", addresses.listen().getHostAddress());
        System.setProperty("quarkus.http.port", Integer.toString(addresses.port()));
        System.setProperty("quarkus.management.port", Integer.toString(addresses.managementPort()));
        QuarkusStart.run();
    }

    /// What a timer is in the middle of is broken off, and waited for within a limit: its own way to close would wait
    /// for ever. All of it is done again after the next start.
    private void startedTimer(String name, ScheduledExecutorService timer) {
        started(name, () -> {
            timer.shutdownNow();
            if (!timer.awaitTermination(TIMER_STOP_SECONDS, TimeUnit.SECONDS)) {
                LOG.warnf("%s did not stop within %d s", name, TIMER_STOP_SECONDS);
            }
        });
    }

    private ScheduledExecutorService housekeeping(ControlPlane controlPlane) {
        ScheduledExecutorService timer = Executors.newScheduledThreadPool(
                2, Thread.ofPlatform().name("housekeeping").daemon().factory());
        var _ = timer.scheduleWithFixedDelay(
                () -> keepHouse(controlPlane), HOUSEKEEPING_SECONDS, HOUSEKEEPING_SECONDS, TimeUnit.SECONDS);
        var _ = timer.scheduleWithFixedDelay(
                () -> keepDeploys(controlPlane),
                DEPLOY_HOUSEKEEPING_SECONDS,
                DEPLOY_HOUSEKEEPING_SECONDS,
                TimeUnit.SECONDS);
        return timer;
    }

    /// Each with a thread of its own: a webhook that does not answer holds up nothing else.
    private static ScheduledExecutorService notifications(ControlPlane.Notifications notifications) {
        ScheduledExecutorService timer = Executors.newScheduledThreadPool(
                3, Thread.ofPlatform().name("notifications").daemon().factory());
        every(timer, NOTIFY_SECONDS, "failed DAG runs", notifications.failures()::run);
        every(timer, NOTIFY_SECONDS, "notifications", notifications.deliveries()::run);
        every(timer, WARN_SECONDS, "expiring tokens", notifications.expiries()::run);
        return timer;
    }

    private static ScheduledExecutorService certificates(ServerCertificates certificates) {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("certificates").daemon().factory());
        every(timer, CERTIFICATE_SECONDS, "certificates of the gateway", certificates::refresh);
        return timer;
    }

    private interface Chore {
        void run() throws InterruptedException;
    }

    private static void every(ScheduledExecutorService timer, int seconds, String name, Chore chore) {
        var _ = timer.scheduleWithFixedDelay(
                () -> {
                    try {
                        chore.run();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    } catch (RuntimeException e) {
                        LOG.warnf(e, "%s: failed and will be tried again", name);
                    }
                },
                seconds,
                seconds,
                TimeUnit.SECONDS);
    }

    private ScheduledExecutorService collection(ProcessRuntime runtime, ControlPlane controlPlane) {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("collection").daemon().factory());
        var _ = timer.scheduleWithFixedDelay(() -> collect(runtime, controlPlane), 1, 60, TimeUnit.MINUTES);
        return timer;
    }

    private static void collect(ProcessRuntime runtime, ControlPlane controlPlane) {
        try {
            runtime.collectPythonEnvironments(controlPlane.lifecycle().present());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.warn("unused Python environments could not be collected; tried again in an hour", e);
        }
    }

    private static void keepHouse(ControlPlane controlPlane) {
        try {
            controlPlane.lastUses().flush();
            controlPlane.liveTokens().load();
            controlPlane.identity().liveSessions().load();
            controlPlane.identity().liveSessions().keep();
            controlPlane.identity().spentForms().forgetOld();
        } catch (RuntimeException e) {
            // tried again in a few seconds; a timer that throws would never run again
            LOG.warn("housekeeping failed and will be tried again", e);
        }
    }

    private static void keepDeploys(ControlPlane controlPlane) {
        try {
            controlPlane.deployQueue().resume();
            controlPlane.deployHousekeeping().run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.warn("housekeeping of deploys failed and will be tried again", e);
        }
    }

    private SharedUserConsent consent(Opened opened) {
        return new SharedUserConsent(opened.isolation(), settings.get(HeadgateSettings.ALLOW_SHARED_USER));
    }

    private <T extends AutoCloseable> T started(String name, T part) {
        synchronized (parts) {
            parts.push(new Part(name, part));
        }
        return part;
    }

    private void stop() {
        while (true) {
            Part part;
            synchronized (parts) {
                part = parts.poll();
            }
            if (part == null) {
                return;
            }
            try {
                part.handle().close();
            } catch (Exception e) {
                LOG.warn("the " + part.name() + " did not stop cleanly", e);
            }
        }
    }
}
