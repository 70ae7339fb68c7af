package io.headgate.ui;

import io.headgate.config.ApiPaths;
import io.headgate.kernel.Problem;
import io.headgate.ui.frame.Answers;
import io.headgate.ui.frame.Shells;
import io.headgate.web.Arrival;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.annotation.Priority;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Gives people a page where programs get JSON for what failed, and fences every page in: our own files only, no
/// frames,
/// no inline script or style (item 46), and nothing is kept by the browser, for every page depends on who looks.
@Provider
@Priority(PageResponses.LAST)
@Singleton
final class PageResponses implements ContainerResponseFilter {
    /// Filters of answers run from high to low: after the one that renders templates.
    static final int LAST = 100;

    private static final int ERRORS = 400;
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'";

    private final Arrival arrival;
    private final Shells shells;

    PageResponses(Arrival arrival, Shells shells) {
        this.arrival = arrival;
        this.shells = shells;
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (response.getStatus() >= ERRORS && arrival.problem().isPresent() && isBrowser(request)) {
            response.setEntity(
                    page(arrival.problem().get()).render(),
                    response.getEntityAnnotations(),
                    MediaType.valueOf(MediaType.TEXT_HTML + ";charset=UTF-8"));
        }
        if (isPage(response)) {
            response.getHeaders().putSingle(HttpHeaders.CONTENT_TYPE, Answers.HTML);
            response.getHeaders().putSingle("Content-Security-Policy", POLICY);
            response.getHeaders().putSingle(HttpHeaders.CACHE_CONTROL, "no-store");
            response.getHeaders().putSingle("Cross-Origin-Opener-Policy", "same-origin");
        }
        withinThisServer(request, response)
                .ifPresent(path -> response.getHeaders().putSingle(HttpHeaders.LOCATION, path));
    }

    private static boolean isPage(ContainerResponseContext response) {
        MediaType type = response.getMediaType();
        return response.getEntity() instanceof TemplateInstance
                || (type != null && type.isCompatible(MediaType.TEXT_HTML_TYPE));
    }

    /// A path alone: the framework puts the address of this process in front, which behind a proxy is not the one that
    /// people use.
    private static Optional<String> withinThisServer(
            ContainerRequestContext request, ContainerResponseContext response) {
        return Optional.ofNullable(response.getLocation())
                .filter(location -> Objects.equals(
                        location.getRawAuthority(),
                        request.getUriInfo().getBaseUri().getRawAuthority()))
                .map(location ->
                        location.getRawPath() + (location.getRawQuery() == null ? "" : "?" + location.getRawQuery()));
    }

    private TemplateInstance page(Problem problem) {
        return switch (problem.status()) {
            case 404 -> Templates.failed(shells.bare("Page not found"), "Page not found", notFound(problem), "");
            case 403 -> Templates.failed(shells.bare("Not permitted"), "Not permitted", problem.message(), "");
            case 503 ->
                Templates.failed(
                        shells.bare("Not available"),
                        "Not available at this moment",
                        problem.message() + ". Nothing that was saved is lost; try it again in a few seconds.",
                        arrival.requestId());
            default ->
                Templates.failed(
                        shells.bare("That did not work"), "That did not work", problem.message(), arrival.requestId());
        };
    }

    private static String notFound(Problem problem) {
        return problem.code().equals(Problem.NOT_FOUND)
                ? problem.message() + ". It may have been deleted, or you may not see it."
                : "Nothing is served at this address. It may have been mistyped, or what it named is gone.";
    }

    private static boolean isBrowser(ContainerRequestContext request) {
        List<MediaType> accepted = request.getAcceptableMediaTypes();
        return !ApiPaths.contains(request.getUriInfo().getPath())
                && (request.getHeaderString("HX-Request") != null
                        || accepted.stream()
                                .anyMatch(
                                        type -> !type.isWildcardType() && type.isCompatible(MediaType.TEXT_HTML_TYPE)));
    }

    /// Checked against the templates when the jar is built.
    @CheckedTemplate(basePath = "page")
    static final class Templates {
        private Templates() {}

        static native TemplateInstance failed(
                io.headgate.ui.frame.Shell shell, String title, String sentence, String requestId);
    }
}
