package io.headgate.config;

import java.util.Set;

/// Which paths of the control plane belong to the API, where nothing is answered without a credential.
public final class ApiPaths {
    private static final Set<String> FIRST_SEGMENTS = Set.of("v1", "iam", "platform", "private");

    private ApiPaths() {}

    /// Whether a decoded path, with or without slashes in front, lies below one of the API's prefixes.
    public static boolean contains(String path) {
        int start = 0;
        while (start < path.length() && path.charAt(start) == '/') {
            start++;
        }
        int end = path.indexOf('/', start);
        return FIRST_SEGMENTS.contains(path.substring(start, end < 0 ? path.length() : end));
    }
}
