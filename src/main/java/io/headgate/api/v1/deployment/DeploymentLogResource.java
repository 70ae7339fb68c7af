package io.headgate.api.v1.deployment;

import io.headgate.api.http.Callers;
import io.headgate.api.http.QueryParameters;
import io.headgate.deployment.Deployments;
import io.headgate.deployment.log.DeploymentLogs;
import io.headgate.deployment.log.FoundLine;
import io.headgate.deployment.log.LogFilter;
import io.headgate.deployment.log.LogLevel;
import io.headgate.deployment.log.LogSearch;
import io.headgate.kernel.DeploymentId;
import io.headgate.kernel.OrganizationId;
import io.headgate.web.PathIds;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// `GetDeploymentLogs`.
@Path("/v1/organizations/{organizationId}/deployments/{deploymentId}/logs")
@Produces(MediaType.APPLICATION_JSON)
@Singleton
@RunOnVirtualThread
final class DeploymentLogResource {
    private static final int PAGE_MAX = 5000;
    private static final int PAGE_DEFAULT = 500;
    private static final int RANGE_MAX_SECONDS = (int) Duration.ofDays(365).toSeconds();
    private static final int RANGE_DEFAULT_SECONDS = (int) Duration.ofDays(1).toSeconds();

    private final Callers callers;
    private final DeploymentLogs logs;
    private final Clock clock;

    DeploymentLogResource(Callers callers, DeploymentLogs logs, Clock clock) {
        this.callers = callers;
        this.logs = logs;
        this.clock = clock;
    }

    @GET
    public DeploymentLogsWire search(
            @PathParam("organizationId") String organizationId,
            @PathParam("deploymentId") String deploymentId,
            @Context UriInfo uri) {
        QueryParameters query = QueryParameters.of(uri);
        LogSources sources = LogSources.read(query);
        int limit = query.integer("limit", 0, PAGE_MAX, PAGE_DEFAULT);
        int offset = query.integer("offset", 0, Integer.MAX_VALUE, 0);
        int most = query.integer("maxNumResults", 1, LogSearch.LINES_MAX, PAGE_MAX);
        LogFilter filter = filter(query.text("searchText").orElse(""));
        LogSearchId id = searchId(query);
        query.throwIfWrong();
        List<FoundLine> found = logs.search(
                callers.current(),
                PathIds.read(organizationId, OrganizationId::new, Deployments.notFound()),
                PathIds.read(deploymentId, DeploymentId::new, Deployments.notFound()),
                new LogSearch(sources.among(logs.components()), filter, id.window(), most));
        List<DeploymentLogsWire.LineWire> page = found.stream()
                .skip(offset)
                .limit(limit == 0 ? Long.MAX_VALUE : limit)
                .map(line -> DeploymentLogsWire.LineWire.of(line, sources.nameOf(line.component())))
                .toList();
        return new DeploymentLogsWire(limit, offset, most, page.size(), id.text(), page);
    }

    /// The stock command line asks for a level (`--error`) by its name.
    private static LogFilter filter(String text) {
        return Stream.of(LogLevel.values())
                .filter(level -> level.name().equals(text))
                .findFirst()
                .map(level -> new LogFilter("", level))
                .orElseGet(() -> new LogFilter(text, LogLevel.DEBUG));
    }

    /// That of the first page, or a new one.
    private LogSearchId searchId(QueryParameters query) {
        Optional<String> given = query.text("searchId");
        Optional<LogSearchId> earlier = given.flatMap(LogSearchId::parse);
        if (given.isPresent() && earlier.isEmpty()) {
            query.refuse("searchId", "id", "must be the searchId of an earlier page", given.get());
        }
        int range = query.integer("range", 1, RANGE_MAX_SECONDS, RANGE_DEFAULT_SECONDS);
        Optional<Instant> start = query.instant("startDate");
        Instant until = query.instant("endDate").orElse(clock.instant());
        Instant from = start.orElse(until.minusSeconds(range));
        if (start.isPresent() && until.isBefore(from)) {
            query.refuse("endDate", "range", "must not be before startDate, which is " + from, until.toString());
        }
        return earlier.orElseGet(() -> LogSearchId.of(from, until));
    }
}
