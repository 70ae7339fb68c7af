package io.headgate.ui;

import io.headgate.config.ApiPaths;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.util.List;

/// Gives people a page where programs get JSON for a path that does not exist, and fences every page in: nothing but
/// our own stylesheet and pictures, no frames, no scripts (item 46).
@Provider
@Singleton
final class PageResponses implements ContainerResponseFilter {
    private static final int NOT_FOUND = 404;
    private static final String POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'none';"
            + " base-uri 'none'; frame-ancestors 'none'";

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (response.getStatus() == NOT_FOUND && isBrowser(request)) {
            response.setEntity(
                    LandingPages.Templates.notFound().render(),
                    response.getEntityAnnotations(),
                    MediaType.valueOf(MediaType.TEXT_HTML + ";charset=UTF-8"));
        }
        MediaType type = response.getMediaType();
        if (type != null && type.isCompatible(MediaType.TEXT_HTML_TYPE)) {
            response.getHeaders().putSingle("Content-Security-Policy", POLICY);
        }
    }

    private static boolean isBrowser(ContainerRequestContext request) {
        List<MediaType> accepted = request.getAcceptableMediaTypes();
        return !ApiPaths.contains(request.getUriInfo().getPath())
                && accepted.stream()
                        .anyMatch(type -> !type.isWildcardType() && type.isCompatible(MediaType.TEXT_HTML_TYPE));
    }
}
