package io.headgate.api.platform;

import io.headgate.alert.ChannelFilter;
import io.headgate.alert.NotificationChannels;
import io.headgate.api.http.Callers;
import io.headgate.api.http.QueryParameters;
import io.headgate.api.http.RequestBody;
import io.headgate.kernel.NotificationChannelId;
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

/// `ListNotificationChannels`, `GetNotificationChannel`, `CreateNotificationChannel`, `DeleteNotificationChannel`.
@Path("/platform/v1beta1/organizations/{organizationId}/notification-channels")
@Produces(MediaType.APPLICATION_JSON)
@Singleton
@RunOnVirtualThread
final class NotificationChannelResource {
    private final Callers callers;
    private final NotificationChannels channels;

    NotificationChannelResource(Callers callers, NotificationChannels channels) {
        this.callers = callers;
        this.channels = channels;
    }

    @GET
    public NotificationChannelsWire list(@PathParam("organizationId") String organizationId, @Context UriInfo uri) {
        QueryParameters query = QueryParameters.of(uri);
        PageRequest request = query.page(NotificationChannels.sortFields());
        ChannelFilter filter = new ChannelFilter(
                query.ids("notificationChannelIds", NotificationChannelId::new),
                query.ids("workspaceIds", WorkspaceId::new));
        query.throwIfWrong();
        return NotificationChannelsWire.of(channels.list(
                callers.current(),
                PathIds.read(organizationId, OrganizationId::new, Organizations.notFound()),
                filter,
                request));
    }

    @POST
    public NotificationChannelWire create(@PathParam("organizationId") String organizationId, RequestBody body) {
        return NotificationChannelWire.of(channels.create(
                callers.current(),
                PathIds.read(organizationId, OrganizationId::new, Organizations.notFound()),
                CreateNotificationChannelBody.read(body)));
    }

    @GET
    @Path("{notificationChannelId}")
    public NotificationChannelWire view(
            @PathParam("organizationId") String organizationId,
            @PathParam("notificationChannelId") String notificationChannelId) {
        return NotificationChannelWire.of(channels.view(
                callers.current(),
                PathIds.read(organizationId, OrganizationId::new, NotificationChannels.notFound()),
                PathIds.read(notificationChannelId, NotificationChannelId::new, NotificationChannels.notFound())));
    }

    @DELETE
    @Path("{notificationChannelId}")
    public void delete(
            @PathParam("organizationId") String organizationId,
            @PathParam("notificationChannelId") String notificationChannelId) {
        channels.delete(
                callers.current(),
                PathIds.read(organizationId, OrganizationId::new, NotificationChannels.notFound()),
                PathIds.read(notificationChannelId, NotificationChannelId::new, NotificationChannels.notFound()));
    }
}
