package io.headgate.api.platform;

import io.headgate.alert.AlertFilter;
import io.headgate.alert.Alerts;
import io.headgate.api.http.Callers;
import io.headgate.api.http.QueryParameters;
import io.headgate.api.http.RequestBody;
import io.headgate.kernel.AlertId;
import io.headgate.kernel.DeploymentId;
import io.headgate.kernel.OrganizationId;
import io.headgate.kernel.PageRequest;
import io.headgate.kernel.WorkspaceId;
import io.headgate.organization.Organizations;
import io.headgate.web.PathIds;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;

/// `ListAlerts`, `GetAlert`, `CreateAlert`, `DeleteAlert`.
@Path("/platform/v1beta1/organizations/{organizationId}/alerts")
@Produces(MediaType.APPLICATION_JSON)
@Singleton
@RunOnVirtualThread
final class AlertResource {
    private final Callers callers;
    private final Alerts alerts;

    AlertResource(Callers callers, Alerts alerts) {
        this.callers = callers;
        this.alerts = alerts;
    }

    @GET
    public AlertsWire list(@PathParam("organizationId") String organizationId, @Context UriInfo uri) {
        QueryParameters query = QueryParameters.of(uri);
        PageRequest request = query.page(Alerts.sortFields());
        AlertFilter filter = new AlertFilter(
                query.ids("alertIds", AlertId::new),
                query.ids("deploymentIds", DeploymentId::new),
                query.ids("workspaceIds", WorkspaceId::new));
        query.throwIfWrong();
        return AlertsWire.of(alerts.list(
                callers.current(),
                PathIds.read(organizationId, OrganizationId::new, Organizations.notFound()),
                filter,
                request));
    }

    @POST
    public AlertWire create(@PathParam("organizationId") String organizationId, RequestBody body) {
        return AlertWire.of(alerts.create(
                callers.current(),
                PathIds.read(organizationId, OrganizationId::new, Organizations.notFound()),
                CreateAlertBody.read(body)));
    }

    @GET
    @Path("{alertId}")
    public AlertWire view(@PathParam("organizationId") String organizationId, @PathParam("alertId") String alertId) {
        return AlertWire.of(alerts.view(
                callers.current(),
                PathIds.read(organizationId, OrganizationId::new, Alerts.notFound()),
                PathIds.read(alertId, AlertId::new, Alerts.notFound())));
    }

    @DELETE
    @Path("{alertId}")
    public void delete(@PathParam("organizationId") String organizationId, @PathParam("alertId") String alertId) {
        alerts.delete(
                callers.current(),
                PathIds.read(organizationId, OrganizationId::new, Alerts.notFound()),
                PathIds.read(alertId, AlertId::new, Alerts.notFound()));
    }
}
