package io.headgate.deploy;

import io.headgate.deployment.BundleVersion;
import io.headgate.deployment.Deployment;
import io.headgate.deployment.DeploymentLifecycle;
import io.headgate.deployment.Deployments;
import io.headgate.deployment.DesiredAirflow;
import io.headgate.deployment.DesiredCode;
import io.headgate.deployment.PythonLock;
import io.headgate.deployment.PythonPackages;
import io.headgate.kernel.DeployId;
import io.headgate.kernel.FailPoint;
import io.headgate.kernel.ProblemException;
import io.headgate.storage.Transaction;
import io.headgate.storage.Transactions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/// Takes one finalized deploy through its states. Everything before the activation may be done again after a crash: it
/// changes nothing that runs.
public final class DeployWork {
    private static final Logger LOG = Logger.getLogger(DeployWork.class);
    private static final String FORCED = "Activated in spite of errors";

    private final Transactions transactions;
    private final Clock clock;
    private final DeploymentLifecycle lifecycle;
    private final Deployments deployments;
    private final CodeHost codeHost;
    private final PythonPackages pythonPackages;
    private final Uploads uploads;
    private final DeployChanges changes;
    private final DeployLimits limits;
    private final DeployStore store = new DeployStore();
    private final Set<DeployId> behind = ConcurrentHashMap.newKeySet();
    private final Map<DeployId, Integer> attempts = new ConcurrentHashMap<>();

    /// What it needs from elsewhere.
    public record Needs(
            Transactions transactions,
            Clock clock,
            DeploymentLifecycle lifecycle,
            Deployments deployments,
            CodeHost codeHost,
            PythonPackages pythonPackages,
            Uploads uploads,
            LiveDeploys live,
            DeployLimits limits) {}

    /// Code that is fit to be activated.
    private record Prepared(DesiredCode code, Findings findings, String reason) {}

    /// Why a deploy fails by a fault of what was pushed.
    private static final class Failed extends Exception {
        private final String reason;
        private final transient Optional<Findings> findings;

        Failed(String reason, Optional<Findings> findings) {
            super(reason);
            this.reason = reason;
            this.findings = findings;
        }
    }

    public DeployWork(Needs needs) {
        this.transactions = needs.transactions;
        this.clock = needs.clock;
        this.lifecycle = needs.lifecycle;
        this.deployments = needs.deployments;
        this.codeHost = needs.codeHost;
        this.pythonPackages = needs.pythonPackages;
        this.uploads = needs.uploads;
        this.changes = needs.live.changes();
        this.limits = needs.limits;
    }

    void process(Deploy deploy) throws InterruptedException {
        try {
            switch (deploy.state()) {
                case QUEUED, VALIDATING -> bringToActivation(deploy);
                case ACTIVATING -> awaitLive(deploy);
                case CREATED, DEPLOYED, FAILED -> {}
            }
        } catch (Failed e) {
            fail(deploy, e.reason, e.findings);
        } catch (RuntimeException | IOException e) {
            refuseIfInterrupted();
            int count = attempts.merge(deploy.id(), 1, Integer::sum);
            LOG.errorf(e, "deploy %s: attempt %d failed", deploy.id(), count);
            if (count >= limits.attempts() && deploy.state() != DeployState.ACTIVATING) {
                giveUp(deploy, e);
            } else {
                changes.pause(limits.pause());
            }
        }
    }

    private static final String TWO_SOURCES_OF_PACKAGES =
            "requirements.txt refused: the Deployment's setting pythonRequirements is set, too; clear one of them";

    /// Whether it was waited for long enough: it may still go live, but holds up nobody.
    boolean isBehind(DeployId id) {
        return behind.contains(id);
    }

    private void bringToActivation(Deploy deploy) throws Failed, IOException, InterruptedException {
        boolean goesOn =
                transactions.inTransaction(tx -> store.validating(tx, deploy.id(), "Its code is being checked"));
        Optional<DesiredAirflow> airflow = lifecycle.present(deploy.deploymentId());
        if (!goesOn || airflow.isEmpty()) {
            return;
        }
        Prepared prepared = deploy.rollbackFromId().isPresent()
                ? broughtBack(deploy, airflow.get())
                : uploaded(deploy, airflow.get());
        FailPoint.DEPLOY_KEPT_BEFORE_ACTIVATION.pass();
        Activation activation = transactions.inTransaction(tx -> activated(tx, deploy, prepared));
        FailPoint.DEPLOY_ACTIVATE_AFTER_COMMIT.pass();
        changes.tell();
        switch (activation) {
            case DONE -> uploads.folder().discard(deploy.id());
            case GONE -> {}
            case TWO_SOURCES -> throw new Failed(TWO_SOURCES_OF_PACKAGES, Optional.empty());
        }
    }

    private enum Activation {
        DONE,
        /// The Deployment or the deploy is no longer there to be activated.
        GONE,
        /// The setting was made while the code was being checked, or after the code that is brought back.
        TWO_SOURCES
    }

    private Activation activated(Transaction tx, Deploy deploy, Prepared prepared) {
        // the Deployment's lock comes before that of the deploy everywhere
        Optional<Deployment> deployment = deployments.findForUpdate(tx, deploy.organizationId(), deploy.deploymentId());
        if (deployment.isEmpty()) {
            return Activation.GONE;
        }
        if (prepared.code.python().isPresent()
                && deployment.get().settings().pythonRequirements().isPresent()) {
            return Activation.TWO_SOURCES;
        }
        if (!store.activating(tx, deploy.id(), prepared.code, prepared.findings, prepared.reason)) {
            return Activation.GONE;
        }
        lifecycle.desireCode(tx, deploy.deploymentId(), prepared.code, "New code is being activated");
        if (deploy.rollbackFromId().isPresent() && deploy.dagDeployEnabled()) {
            lifecycle.enableDagDeploy(tx, deploy.deploymentId());
        }
        FailPoint.DEPLOY_ACTIVATE_BEFORE_COMMIT.pass();
        return Activation.DONE;
    }

    private Prepared uploaded(Deploy deploy, DesiredAirflow airflow) throws Failed, IOException, InterruptedException {
        Path staged = codeHost.stage(airflow.id(), deploy.id());
        BundleFiles.Contents contents;
        try {
            contents = new BundleArchive(uploads.archive(deploy), ArchiveLimits.standard()).unpackInto(staged);
        } catch (ArchiveRefused e) {
            throw new Failed(e.reason(), Optional.empty());
        }
        FailPoint.DEPLOY_UNPACKED.pass();
        Optional<PythonLock> python = python(airflow, contents);
        Findings findings = codeHost.validate(airflow, staged, python.or(airflow::settingsPython));
        if (!findings.errors().isEmpty() && !deploy.forced()) {
            throw new Failed(FindingText.of(findings.errors()), Optional.of(findings));
        }
        BundleVersion version = deploy.finalVersion();
        codeHost.keep(airflow.id(), version, staged);
        return new Prepared(
                new DesiredCode(version, findings.dagIds(), python),
                findings,
                findings.errors().isEmpty()
                        ? "Airflow is taking it over"
                        : FORCED + "; off line are the DAGs of: " + FindingText.files(findings.errors()));
    }

    private Optional<PythonLock> python(DesiredAirflow airflow, BundleFiles.Contents contents)
            throws Failed, InterruptedException {
        if (contents.requirements().isEmpty()) {
            return Optional.empty();
        }
        if (airflow.settingsPython().isPresent()) {
            throw new Failed(TWO_SOURCES_OF_PACKAGES, Optional.empty());
        }
        return switch (pythonPackages.resolve(airflow, contents.requirements().get())) {
            case PythonPackages.Resolution.Resolved(PythonLock lock) -> Optional.of(lock);
            case PythonPackages.Resolution.Refused(String words) ->
                throw new Failed(Deploy.UNRESOLVED + words, Optional.empty());
        };
    }

    /// It ran before: errors that it has now, with other variables for example, are told but refuse nothing.
    private Prepared broughtBack(Deploy deploy, DesiredAirflow airflow) throws Failed, InterruptedException {
        BundleVersion version = deploy.finalVersion();
        DesiredCode old = deploy.code()
                .orElseThrow(() -> new Failed("The code of that deploy is not known any more", Optional.empty()));
        if (!codeHost.kept(airflow.id()).contains(version.folderName())) {
            throw new Failed("The code of that deploy is not kept any more", Optional.empty());
        }
        Findings found = codeHost.validate(
                airflow, codeHost.version(airflow.id(), version), old.python().or(airflow::settingsPython));
        // a validation that was stopped knows no DAGs; those of the first time are the better guess then
        List<String> dagIds = found.dagIds().isEmpty() && !found.errors().isEmpty() ? old.dagIds() : found.dagIds();
        List<Findings.Finding> warnings = new ArrayList<>(found.errors());
        warnings.addAll(found.warnings());
        return new Prepared(
                new DesiredCode(version, dagIds, old.python()),
                new Findings(dagIds, List.of(), warnings),
                "Airflow is taking it over");
    }

    private void awaitLive(Deploy deploy) throws InterruptedException {
        boolean ended = changes.await(
                limits.untilLive(),
                () -> transactions
                        .inTransaction(tx -> store.find(tx, deploy.id()))
                        .map(now -> !now.state().isUnderWay())
                        .orElse(true));
        if (!ended) {
            // it may still go live; the next one need not wait for that
            behind.add(deploy.id());
            String reason =
                    "Airflow does not serve it after " + limits.untilLive().toSeconds()
                            + " s; it goes live as soon as Airflow does: the Deployment's status says what is in the way";
            transactions.useTransaction(tx -> store.stillActivating(tx, deploy.id(), reason));
            LOG.warnf("deploy %s is not live after %s", deploy.id(), limits.untilLive());
        }
    }

    private void giveUp(Deploy deploy, Exception e) {
        String words = e instanceof ProblemException known
                ? known.problem().message()
                : "It could not be prepared because of a fault of the control plane; finalize another deploy, and if that"
                        + " fails too, ask whoever runs this installation";
        fail(deploy, words, Optional.empty());
    }

    private void fail(Deploy deploy, String reason, Optional<Findings> findings) {
        try {
            transactions.useTransaction(tx -> store.fail(tx, deploy.id(), reason, findings, clock.instant()));
            uploads.folder().discard(deploy.id());
        } catch (RuntimeException e) {
            LOG.warnf("deploy %s: its failure cannot be recorded yet: %s", deploy.id(), e.getMessage());
        }
        changes.tell();
    }

    private static void refuseIfInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }
}
