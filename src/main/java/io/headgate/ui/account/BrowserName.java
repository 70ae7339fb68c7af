package io.headgate.ui.account;

import java.util.List;
import java.util.Optional;

/// What a browser says it is, in words: `Firefox on Linux`. Only for people to tell their own browsers apart.
final class BrowserName {
    private record Sign(String text, String name) {}

    // the first that is found: each pretends to be those below it
    private static final List<Sign> PROGRAMS = List.of(
            new Sign("Edg/", "Edge"),
            new Sign("OPR/", "Opera"),
            new Sign("Firefox/", "Firefox"),
            new Sign("Chrome/", "Chrome"),
            new Sign("Safari/", "Safari"),
            new Sign("curl/", "curl"));
    private static final List<Sign> SYSTEMS = List.of(
            new Sign("Android", "Android"),
            new Sign("iPhone", "iPhone"),
            new Sign("iPad", "iPad"),
            new Sign("Windows", "Windows"),
            new Sign("Mac OS X", "macOS"),
            new Sign("Linux", "Linux"));

    private BrowserName() {}

    static String of(String userAgent) {
        String program = first(PROGRAMS, userAgent).orElse("Unknown browser");
        return first(SYSTEMS, userAgent)
                .map(system -> program + " on " + system)
                .orElse(program);
    }

    private static Optional<String> first(List<Sign> signs, String userAgent) {
        return signs.stream()
                .filter(sign -> userAgent.contains(sign.text()))
                .findFirst()
                .map(Sign::name);
    }
}
