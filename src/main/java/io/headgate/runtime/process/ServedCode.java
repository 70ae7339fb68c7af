package io.headgate.runtime.process;

import io.headgate.deployment.BundleVersion;
import io.headgate.deployment.DeploymentStatus;
import io.headgate.deployment.DesiredAirflow;
import io.headgate.deployment.DesiredCode;
import io.headgate.runtime.Observation;
import io.headgate.runtime.process.AirflowApi.ServedDag;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/// Makes Airflow serve the desired code, and finds out whether it does.
///
/// Code is live when Airflow offers exactly the DAGs that were found in it, each of the new version *and* read from
/// its folder: the version alone changes seconds early for a file whose parse was going on at the switch. DAGs that a
/// file makes out of something that changes may differ between then and now; so after {@link #PATIENCE} without any
/// movement it is enough that everything Airflow offers is of the new version.
///
/// Not thread-safe: one pass at a time.
final class ServedCode {
    private static final Logger LOG = Logger.getLogger(ServedCode.class);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /// Asking about more than a page many times a second would cost Airflow more than it gains.
    private static final int QUICK_DAGS_MAX = 100;

    private static final int NAMED_MAX = 3;

    private final AirflowApi api;
    private final CodePointer pointer;
    private final Clock clock;

    private Optional<DesiredCode> live = Optional.empty();
    private Optional<DesiredCode> watched = Optional.empty();
    private Optional<BundleVersion> missing = Optional.empty();
    private Instant movedAt = Instant.EPOCH;
    private int liveDags;

    ServedCode(AirflowApi api, CodePointer pointer, Clock clock) {
        this.api = api;
        this.pointer = pointer;
        this.clock = clock;
    }

    /// Whether Airflow is being given another version than the desired one.
    boolean mustMove(DesiredAirflow desired) {
        return desired.code().filter(code -> !pointer.names(code.version())).isPresent();
    }

    /// Gives it the desired version, unless that is not here: then what it serves stays.
    void move(DesiredAirflow desired) {
        desired.code().map(DesiredCode::version).ifPresent(version -> {
            if (pointer.canName(version)) {
                pointer.moveTo(version);
                missing = Optional.empty();
                live = Optional.empty();
                LOG.infof("Deployment %s: code version %s is to be served", desired.id(), version);
            } else {
                missing = Optional.of(version);
            }
        });
    }

    /// Adds to what was found about the processes what is so about the code.
    Observation judge(DesiredAirflow desired, Observation seen) throws InterruptedException {
        if (desired.code().isEmpty()) {
            return seen;
        }
        DesiredCode code = desired.code().get();
        if (missing.equals(Optional.of(code.version()))) {
            return seen.as(
                    DeploymentStatus.UNHEALTHY,
                    "version " + code.version() + " of its code is not on this host; deploy it again");
        }
        if (seen.upstream().isEmpty()) {
            return seen;
        }
        if (live.equals(desired.code())) {
            return seen.withLive(code.version());
        }
        if (mustMove(desired)) {
            return notLive(seen, "activating " + code.version() + ": the processes that are to serve it are starting");
        }
        return look(desired, code, seen, seen.upstream().get());
    }

    private Observation look(DesiredAirflow desired, DesiredCode code, Observation seen, InetSocketAddress upstream)
            throws InterruptedException {
        if (!watched.equals(Optional.of(code))) {
            watched = Optional.of(code);
            movedAt = clock.instant();
            liveDags = -1;
        }
        Optional<List<ServedDag>> served = api.dags(desired, upstream.getPort());
        if (served.isEmpty()) {
            return notLive(seen, "activating " + code.version() + ": Airflow does not say which DAGs it serves");
        }
        Set<String> fresh = served.get().stream()
                .filter(dag -> isOf(code.version(), dag))
                .map(ServedDag::id)
                .collect(Collectors.toSet());
        Set<String> old = served.get().stream()
                .map(ServedDag::id)
                .filter(id -> !fresh.contains(id))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> absent = new TreeSet<>(code.dagIds());
        absent.removeAll(fresh);
        boolean exact = absent.isEmpty()
                && old.isEmpty()
                && (fresh.size() == code.dagIds().size());
        if (seen.status() != DeploymentStatus.HEALTHY || liveDags != fresh.size() - old.size()) {
            liveDags = fresh.size() - old.size();
            movedAt = clock.instant();
        }
        boolean patient = movedAt.plus(PATIENCE).isAfter(clock.instant());
        if (exact || (!patient && old.isEmpty() && !fresh.isEmpty())) {
            live = Optional.of(code);
            LOG.infof(
                    "Deployment %s: code version %s is live with %d DAGs", desired.id(), code.version(), fresh.size());
            return seen.withLive(code.version());
        }
        String sentence = "activating " + code.version() + ": "
                + (code.dagIds().size() - absent.size()) + " of "
                + code.dagIds().size() + " DAGs are live"
                + named(", still old: ", old);
        if (patient) {
            Observation waiting = notLive(seen, sentence);
            boolean quick = seen.status() == DeploymentStatus.HEALTHY
                    && served.get().size() <= QUICK_DAGS_MAX
                    && code.dagIds().size() <= QUICK_DAGS_MAX;
            return quick ? waiting.inPassing() : waiting;
        }
        return seen.status() == DeploymentStatus.HEALTHY
                ? seen.as(
                        DeploymentStatus.UNHEALTHY,
                        sentence + named(", missing: ", absent) + "; see the import errors in Airflow")
                : seen;
    }

    /// What is said of the processes comes first, if there is anything to say.
    private static Observation notLive(Observation seen, String sentence) {
        return seen.status() == DeploymentStatus.HEALTHY ? seen.as(DeploymentStatus.DEPLOYING, sentence) : seen;
    }

    private static boolean isOf(BundleVersion version, ServedDag dag) {
        return dag.version().equals(version.folderName())
                && dag.file().contains("/versions/" + version.folderName() + "/");
    }

    private static String named(String words, Set<String> ids) {
        if (ids.isEmpty()) {
            return "";
        }
        return words
                + ids.stream().limit(NAMED_MAX).collect(Collectors.joining(", "))
                + (ids.size() > NAMED_MAX ? " …" : "");
    }
}
