package io.headgate.ui.session;

import org.jspecify.annotations.Nullable;

/// Where to go after sign-in: a path of this server and nothing else, or every sign-in page would lead anywhere.
final class Destination {
    private static final String HOME = "/";

    private Destination() {}

    static String within(@Nullable String wanted) {
        return wanted != null && isWithin(wanted) ? wanted : HOME;
    }

    /// One slash, then no second one and no backslash, which browsers take for one.
    static boolean isWithin(String path) {
        return path.startsWith("/")
                && !path.startsWith("//")
                && path.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '\\' && c != '"');
    }
}
