package io.headgate.api.v1.audit;

import io.headgate.api.http.Callers;
import io.headgate.api.http.QueryParameters;
import io.headgate.audit.AuditExport;
import io.headgate.audit.AuditFilter;
import io.headgate.kernel.DeploymentId;
import io.headgate.kernel.OrganizationId;
import io.headgate.kernel.WorkspaceId;
import io.headgate.organization.Organization;
import io.headgate.organization.Organizations;
import io.headgate.web.PathIds;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Pattern;

/// `GetOrganizationAuditLogs`: the events as NDJSON, streamed.
@Path("/v1/organizations/{organizationId}/audit-logs")
@Produces(AuditLogResource.NDJSON)
@Singleton
@RunOnVirtualThread
final class AuditLogResource {
    static final String NDJSON = "application/x-ndjson";

    private static final Pattern SUBJECT_ID = Pattern.compile("[a-z0-9-]{1,64}");

    private final Callers callers;
    private final Organizations organizations;
    private final AuditExport export;
    private final Clock clock;

    AuditLogResource(Callers callers, Organizations organizations, AuditExport export, Clock clock) {
        this.callers = callers;
        this.organizations = organizations;
        this.export = export;
        this.clock = clock;
    }

    @GET
    public Response read(@PathParam("organizationId") String id, @Context UriInfo uri) {
        OrganizationId organizationId = PathIds.read(id, OrganizationId::new, Organizations.notFound());
        AuditFilter filter = filter(organizationId, QueryParameters.of(uri));
        Organization organization = organizations.view(callers.current(), organizationId);
        AuditExport.Lines lines = export.open(callers.current(), filter);
        StreamingOutput stream = out -> {
            OutputStream buffered = new BufferedOutputStream(out);
            var _ = lines.forEach(line -> write(buffered, line));
            buffered.flush();
        };
        return Response.ok(stream)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        "attachment; filename=\"" + fileName(organization, filter) + '"')
                .build();
    }

    private AuditFilter filter(OrganizationId organizationId, QueryParameters query) {
        Instant now = clock.instant();
        Optional<Instant> from = query.instant("startDate");
        Optional<Instant> until = query.instant("endDate");
        AuditFilter filter = new AuditFilter(
                organizationId,
                from.orElse(until.orElse(now).minus(Duration.ofDays(AuditFilter.DAYS_DEFAULT))),
                until.orElse(now.plusSeconds(1)),
                subjectId(query),
                query.id("workspaceId", WorkspaceId::new),
                query.id("deploymentId", DeploymentId::new));
        if (until.isPresent() && filter.until().isBefore(filter.from())) {
            query.refuse(
                    "endDate",
                    "range",
                    "must not be before startDate, which is " + filter.from(),
                    until.get().toString());
        }
        query.throwIfWrong();
        return filter;
    }

    private static Optional<String> subjectId(QueryParameters query) {
        Optional<String> id = query.text("subjectId");
        if (id.filter(text -> !SUBJECT_ID.matcher(text).matches()).isPresent()) {
            query.refuse("subjectId", "id", "must be the id of a user or an API token", id.get());
        }
        return id;
    }

    /// U2. Of a name only what no file system and no header minds.
    private String fileName(Organization organization, AuditFilter filter) {
        String name = organization.name().replaceAll("[^A-Za-z0-9._-]+", "-");
        Duration span = Duration.between(filter.from(), filter.until());
        long days = Math.max(1, span.plusDays(1).minusSeconds(2).toDays());
        return name + "-logs-" + days + "-days-"
                + clock.instant().atOffset(ZoneOffset.UTC).toLocalDate() + ".ndjson";
    }

    private static void write(OutputStream out, String line) {
        try {
            out.write(line.getBytes(StandardCharsets.UTF_8));
            out.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
