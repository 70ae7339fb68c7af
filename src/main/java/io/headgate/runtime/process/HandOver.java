package io.headgate.runtime.process;

import io.headgate.deployment.DesiredAirflow;
import io.headgate.runtime.process.AirflowApi.Job;
import io.headgate.runtime.process.AirflowHealth.Answering;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/// How the current processes of a Deployment take over from the outgoing ones without a gap (V9, D24).
///
/// 1. The new api-server starts beside the old one, on a port of its own. Until it answers, nothing else changes:
///    what cannot start does no harm.
/// 2. The new scheduler and triggerer start. Each old one is told to stop when its successor has reported.
/// 3. An old scheduler takes no more tasks and finishes those that run, with their old environment, for up to a day.
///    The old api-server stays for them, since they report to it.
/// 4. The old dag-processor stops before the new one starts: two would parse against each other.
///
/// Not thread-safe: one pass at a time.
final class HandOver {
    private static final Logger LOG = Logger.getLogger(HandOver.class);

    /// A scheduler hears a signal within a second; one that does not hangs.
    private static final Duration HEAR_LIMIT = Duration.ofMinutes(2);

    /// Everything but a scheduler has nothing to finish that would take longer.
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

    /// So long an old api-server stays after another answers: the gateway learns of that only after us.
    private static final Duration SETTLING = Duration.ofSeconds(5);

    /// Airflow takes a scheduler that is silent for so long for dead.
    private static final Duration SCHEDULER_SILENCE_MAX = Duration.ofSeconds(30);

    private static final Duration PARSER_GRACE = Duration.ofSeconds(10);

    private final DeploymentProcesses processes;
    private final HealthProbe probe;
    private final AirflowApi api;
    private final Duration taskGrace;
    private final Clock clock;

    /// Old schedulers, by pid: seen to take no more tasks, and since when they do although they were told not to.
    private final Set<Long> drained = new HashSet<>();

    private final Map<Long, Instant> deafSince = new HashMap<>();
    private Optional<Instant> answeringSince = Optional.empty();

    /// @param taskGrace how long running tasks of an old scheduler may take to finish
    HandOver(DeploymentProcesses processes, HealthProbe probe, AirflowApi api, Duration taskGrace, Clock clock) {
        this.processes = processes;
        this.probe = probe;
        this.api = api;
        this.taskGrace = taskGrace;
        this.clock = clock;
    }

    /// Whether anything of an earlier generation still runs.
    boolean underWay() {
        return !processes.outgoing().alive().isEmpty();
    }

    /// Whether an old scheduler may still start tasks, with an old environment.
    boolean oldTakesTasks() {
        return processes
                .outgoing()
                .alive(Component.SCHEDULER)
                .anyMatch(old -> !drained.contains(old.process().pid()));
    }

    /// Whether a missing component may be started now; `codeMoves` says that another version of the code waits for
    /// this generation.
    boolean mayStart(Component component, AirflowHealth health, boolean codeMoves) {
        if (!underWay()) {
            return true;
        }
        return switch (component) {
            case API_SERVER -> true;
            case SCHEDULER, TRIGGERER -> health instanceof Answering || !oldWorks();
            case DAG_PROCESSOR -> (health instanceof Answering || !oldWorks()) && !(codeMoves && oldTakesTasks());
        };
    }

    /// A gap in parsing harms nobody; a parser with old packages that meets new code would report errors.
    void stopOldParser() throws InterruptedException {
        processes.stopOutgoing(Component.DAG_PROCESSOR, PARSER_GRACE);
    }

    /// Heartbeats of the current processes only: Airflow's health answer does not say whose it shows.
    AirflowHealth withoutOld(DesiredAirflow desired, int port, AirflowHealth health) throws InterruptedException {
        if (!(health instanceof Answering answering)) {
            answeringSince = Optional.empty();
            return health;
        }
        answeringSince = Optional.of(answeringSince.orElseGet(clock::instant));
        if (!underWay()) {
            return health;
        }
        Map<Component, Instant> heartbeats = new EnumMap<>(Component.class);
        heartbeats.putAll(answering.heartbeats());
        for (Component component : List.of(Component.SCHEDULER, Component.TRIGGERER)) {
            heartbeats.remove(component);
            ComponentRecord current = processes.alive().get(component);
            if (current != null) {
                List<Job> jobs = api.goingJobs(desired, port, component).orElse(List.of());
                jobs.stream()
                        .filter(job -> job.started().isAfter(current.startedAt()))
                        .max(Comparator.comparing(Job::heartbeat))
                        .ifPresent(job -> succeeded(component, current, jobs, heartbeats, job));
            }
        }
        return new Answering(answering.databaseAnswers(), heartbeats);
    }

    private void succeeded(
            Component component,
            ComponentRecord current,
            List<Job> jobs,
            Map<Component, Instant> heartbeats,
            Job ofCurrent) {
        heartbeats.put(component, ofCurrent.heartbeat());
        boolean olderTakesTasks = jobs.stream()
                .anyMatch(job -> !job.started().isAfter(current.startedAt())
                        && job.ended().isEmpty()
                        && job.heartbeat().plus(SCHEDULER_SILENCE_MAX).isAfter(clock.instant()));
        for (OutgoingProcess old : processes.outgoing().alive(component).toList()) {
            if (old.toldAt().isEmpty()) {
                LOG.infof(
                        "the new %s has reported; telling the old one, pid %d, to stop",
                        component.label(), old.process().pid());
                processes.outgoing().tell(old);
            } else if (olderTakesTasks && !drained.contains(old.process().pid())) {
                deafSince.putIfAbsent(old.process().pid(), clock.instant());
            } else {
                drained.add(old.process().pid());
                deafSince.remove(old.process().pid());
            }
        }
    }

    /// Ends what has nothing more to do, or has taken too long.
    void endFinished() throws InterruptedException {
        boolean settled = answeringSince
                .filter(since -> since.plus(SETTLING).isBefore(clock.instant()))
                .isPresent();
        for (OutgoingProcess old : processes.outgoing().alive()) {
            if (old.toldAt().isPresent()) {
                if (tooLong(old, old.toldAt().get())) {
                    LOG.warnf(
                            "the old %s, pid %d, has not ended in time and is killed",
                            old.component().label(), old.process().pid());
                    OutgoingProcesses.kill(old);
                }
            } else if (old.component() == Component.API_SERVER && settled && !needed(old)) {
                processes.outgoing().tell(old);
            }
        }
        List<Long> alive = processes.outgoing().alive().stream()
                .map(old -> old.process().pid())
                .toList();
        drained.retainAll(alive);
        deafSince.keySet().retainAll(alive);
    }

    /// Where people reach Airflow while the current api-server does not answer.
    Optional<InetSocketAddress> oldUpstream(DesiredAirflow desired) throws InterruptedException {
        List<OutgoingProcess> servers = processes
                .outgoing()
                .alive(Component.API_SERVER)
                .sorted(Comparator.comparing(
                                (OutgoingProcess old) -> old.record().startedAt())
                        .reversed())
                .toList();
        for (OutgoingProcess server : servers) {
            if (probe.ask(server.record().apiPort(), desired.namespace()) instanceof Answering) {
                return Optional.of(HealthProbe.address(server.record().apiPort()));
            }
        }
        return Optional.empty();
    }

    private boolean tooLong(OutgoingProcess old, Instant toldAt) {
        boolean scheduler = old.component() == Component.SCHEDULER;
        Instant end = toldAt.plus(scheduler ? taskGrace : STOP_LIMIT);
        Instant deafEnd = deafSince
                .getOrDefault(old.process().pid(), Instant.MAX.minus(HEAR_LIMIT))
                .plus(HEAR_LIMIT);
        return end.isBefore(clock.instant()) || deafEnd.isBefore(clock.instant());
    }

    /// Whether the old generation still does its work, so that there is no hurry and nothing to be risked.
    private boolean oldWorks() {
        return processes
                .outgoing()
                .alive(Component.SCHEDULER)
                .anyMatch(old -> old.toldAt().isEmpty());
    }

    /// Tasks report to the api-server that their scheduler was started with.
    private boolean needed(OutgoingProcess server) {
        int port = server.record().apiPort();
        return processes.alive().values().stream().anyMatch(record -> record.apiPort() == port)
                || processes.outgoing().alive().stream()
                        .anyMatch(other -> other.component() != Component.API_SERVER
                                && other.record().apiPort() == port);
    }
}
