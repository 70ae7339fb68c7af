package io.headgate.gateway;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import java.util.List;
import java.util.Set;

/// What a browser says about why it asks: Fetch Metadata and `Origin`, which no script can set.
final class BrowserRequest {
    private static final String SITE = "Sec-Fetch-Site";
    private static final String MODE = "Sec-Fetch-Mode";
    private static final String DESTINATION = "Sec-Fetch-Dest";
    private static final String NAVIGATE = "navigate";
    private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private BrowserRequest() {}

    /// Whether a person goes to an address, so that the answer is a page. Browsers say so where they consider the
    /// connection safe; elsewhere only `Accept` tells.
    static boolean isNavigation(HttpRequest request) {
        HttpHeaders headers = request.headers();
        String mode = headers.get(MODE);
        return request.method().equals(HttpMethod.GET)
                && !headers.contains(HttpHeaderNames.AUTHORIZATION)
                && (mode == null ? MessageRules.wantsHtml(headers) : mode.equals(NAVIGATE));
    }

    /// Whether an answer that leads elsewhere takes the person along, and not a script.
    static boolean mayBeLed(HttpRequest request) {
        String mode = request.headers().get(MODE);
        return request.method().equals(HttpMethod.GET) && (mode == null || mode.equals(NAVIGATE));
    }

    /// Whether a cookie that came along may count (item 45). What changes something must come from a page of this very
    /// origin. Anything else must, too, if the browser says where it comes from; but a link may lead here from
    /// anywhere.
    static boolean isFrom(HttpRequest request, String ownOrigin) {
        HttpHeaders headers = request.headers();
        String site = headers.get(SITE);
        if (!SAFE.contains(request.method())) {
            return headers.getAll(HttpHeaderNames.ORIGIN).equals(List.of(ownOrigin)) || "same-origin".equals(site);
        }
        return site == null
                || site.equals("same-origin")
                || site.equals("none")
                || (NAVIGATE.equals(headers.get(MODE)) && "document".equals(headers.get(DESTINATION)));
    }
}
