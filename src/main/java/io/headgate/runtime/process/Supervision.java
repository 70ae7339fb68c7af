package io.headgate.runtime.process;

import io.headgate.deployment.DeploymentStatus;
import io.headgate.runtime.Observation;
import io.headgate.storage.PrivateFiles;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/// Remembers what became of the components of one Deployment and turns it into its status (P23).
///
/// CREATING until it was healthy once, DEPLOYING while it restarts by our act, UNHEALTHY when people should look.
final class Supervision {
    private static final Logger LOG = Logger.getLogger(Supervision.class);

    /// Ten seconds on an idle machine; several Airflows starting on two cores need more.
    private static final Duration START_LIMIT = Duration.ofMinutes(3);

    /// Airflow's components report every 5 s or so.
    private static final Duration SILENCE_MAX = Duration.ofSeconds(60);

    /// A busy host misses a look now and then.
    private static final int MISSED_LOOKS_MAX = 3;

    private final DeploymentFolder folder;
    private final Clock clock;
    private final Map<Component, RestartHistory> histories = new EnumMap<>(Component.class);
    private final Map<Component, String> deaths = new EnumMap<>(Component.class);
    private Optional<Instant> startingSince = Optional.empty();
    private boolean healthyBefore;
    private int missedLooks;

    Supervision(DeploymentFolder folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
    }

    void adopted(Map<Component, ComponentRecord> alive) {
        if (!alive.isEmpty()) {
            LOG.infof("took over %s of %s from an earlier run", names(alive.keySet()), folder.root());
            startingSince = Optional.of(clock.instant());
        }
    }

    void died(List<EndedComponent> dead) {
        for (EndedComponent ended : dead) {
            Component component = ended.component();
            Instant now = clock.instant();
            histories.merge(
                    component,
                    RestartHistory.NONE.afterDeath(ended.record().startedAt(), now),
                    (before, ignored) -> before.afterDeath(ended.record().startedAt(), now));
            deaths.put(component, component.label() + " " + ended.how());
            LOG.warnf("%s: %s %s", folder.root().getFileName(), component.label(), ended.how());
            restarting();
        }
    }

    void started(Component component) {
        LOG.infof("%s: started %s", folder.root().getFileName(), component.label());
        restarting();
    }

    /// From now on it is our act that it is not healthy.
    void restarting() {
        if (startingSince.isEmpty() || healthyBefore) {
            startingSince = Optional.of(clock.instant());
            healthyBefore = false;
        }
    }

    /// Something else is to run from now on: what failed before says nothing about it.
    void changing() {
        histories.clear();
        deaths.clear();
        startingSince = Optional.of(clock.instant());
        healthyBefore = false;
    }

    Instant mayStartAt(Component component) {
        return histories.getOrDefault(component, RestartHistory.NONE).mayStartAt();
    }

    /// The status while it is our work that keeps it from being healthy.
    DeploymentStatus busy() {
        return Files.exists(folder.createdMark()) ? DeploymentStatus.DEPLOYING : DeploymentStatus.CREATING;
    }

    Observation judge(Map<Component, ComponentRecord> alive, AirflowHealth health, InetSocketAddress upstream) {
        List<String> missing = missing(alive, health);
        Optional<InetSocketAddress> answering =
                health instanceof AirflowHealth.Answering ? Optional.of(upstream) : Optional.empty();
        if (missing.isEmpty()) {
            return healthy(upstream);
        }
        String reason = String.join("; ", missing);
        if (histories.values().stream().anyMatch(this::recurring)) {
            return new Observation(DeploymentStatus.UNHEALTHY, reason, answering);
        }
        if (healthyBefore && ++missedLooks < MISSED_LOOKS_MAX) {
            return Observation.healthy(upstream);
        }
        boolean inTime = startingSince
                .filter(since -> since.plus(START_LIMIT).isAfter(clock.instant()))
                .isPresent();
        if (inTime && !healthyBefore) {
            return new Observation(busy(), reason, answering);
        }
        return new Observation(DeploymentStatus.UNHEALTHY, reason, answering);
    }

    private Observation healthy(InetSocketAddress upstream) {
        if (!Files.exists(folder.createdMark())) {
            PrivateFiles.write(folder.createdMark(), clock.instant().toString());
        }
        startingSince = Optional.empty();
        healthyBefore = true;
        missedLooks = 0;
        return Observation.healthy(upstream);
    }

    /// Sentences about what keeps it from being healthy.
    private List<String> missing(Map<Component, ComponentRecord> alive, AirflowHealth health) {
        List<String> missing = new ArrayList<>();
        for (Component component : Component.values()) {
            if (!alive.containsKey(component)) {
                missing.add(deathSentence(component));
            }
        }
        switch (health) {
            case AirflowHealth.Silent(String why) -> {
                if (alive.containsKey(Component.API_SERVER)) {
                    missing.add("api-server " + why + recurrence(Component.API_SERVER));
                }
            }
            case AirflowHealth.Answering(boolean databaseAnswers, Map<Component, Instant> heartbeats) -> {
                if (!databaseAnswers) {
                    missing.add("Airflow's database does not answer");
                }
                alive.forEach((component, record) -> {
                    if (component != Component.API_SERVER) {
                        silence(component, record, heartbeats.getOrDefault(component, Instant.EPOCH))
                                .ifPresent(missing::add);
                    }
                });
            }
        }
        return missing;
    }

    /// A sign of life from before its start is from its predecessor.
    private Optional<String> silence(Component component, ComponentRecord record, Instant heartbeat) {
        if (!heartbeat.isAfter(record.startedAt())) {
            return Optional.of(component.label() + " has not reported yet" + recurrence(component));
        }
        if (heartbeat.plus(SILENCE_MAX).isBefore(clock.instant())) {
            return Optional.of(component.label() + " has not reported since " + heartbeat + "; see logs/components/"
                    + component.label() + ".log");
        }
        return Optional.empty();
    }

    private String deathSentence(Component component) {
        RestartHistory history = histories.getOrDefault(component, RestartHistory.NONE);
        if (history.deaths() == 0) {
            return component.label() + " is not running yet";
        }
        String how = deaths.getOrDefault(component, component.label() + " ended");
        return recurring(history)
                ? how + "; restarting (" + history.ordinal() + " time), see logs/components/" + component.label()
                        + ".log"
                : how + "; restarting";
    }

    /// Said of a component that has been started again and is not up yet.
    private String recurrence(Component component) {
        RestartHistory history = histories.getOrDefault(component, RestartHistory.NONE);
        return recurring(history) ? " (" + deathSentence(component) + ")" : "";
    }

    private boolean recurring(RestartHistory history) {
        return history.recurring()
                && history.lastDeath().plus(RestartHistory.FORGOTTEN_AFTER).isAfter(clock.instant());
    }

    private static String names(Iterable<Component> components) {
        List<String> names = new ArrayList<>();
        components.forEach(component -> names.add(component.label()));
        return String.join(", ", names);
    }
}
