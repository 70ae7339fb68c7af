package io.headgate.ui.log;

import io.headgate.deployment.log.LogFilter;
import io.headgate.deployment.log.LogLevel;
import io.headgate.deployment.log.LogPosition;
import jakarta.ws.rs.core.UriInfo;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// What of which log somebody looks at, as the address says.
///
/// @param component one that there is; the first if the address names none of them
/// @param following whether what is printed from now on is to be added
record LogQuery(String component, LogFilter filter, boolean following) {
    private static final int SEARCH_MAX = 200;

    static LogQuery of(UriInfo uri, List<String> components) {
        String named = first(uri, "component");
        String text = first(uri, "q");
        List<String> follow = uri.getQueryParameters().getOrDefault("follow", List.of());
        return new LogQuery(
                components.contains(named)
                        ? named
                        : components.stream().findFirst().orElse(""),
                new LogFilter(
                        text.length() > SEARCH_MAX ? text.substring(0, SEARCH_MAX) : text,
                        LogLevel.named(first(uri, "level")).orElse(LogLevel.DEBUG)),
                // the button sends its value beside the one that keeps following while other controls change
                follow.contains("yes") && !follow.contains("no"));
    }

    /// From where on to follow; the beginning of the log if the address does not say.
    static LogPosition position(String lastEventId, UriInfo uri) {
        return LogPosition.parse(lastEventId)
                .or(() -> LogPosition.parse(first(uri, "after")))
                .orElse(LogPosition.START);
    }

    boolean isFiltered() {
        return !filter.equals(LogFilter.EVERYTHING);
    }

    String streamAfter(LogPosition position) {
        return "component=" + encoded(component) + "&q=" + encoded(filter.text()) + "&level="
                + filter.least().key() + "&after=" + position.text();
    }

    private static String first(UriInfo uri, String name) {
        return uri.getQueryParameters().getOrDefault(name, List.of()).stream()
                .findFirst()
                .orElse("")
                .strip();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
