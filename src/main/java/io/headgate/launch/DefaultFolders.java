package io.headgate.launch;

import java.nio.file.Path;
import java.util.Map;

/// Where data and cache lie when nobody says: system folders for root, the user's own otherwise.
record DefaultFolders(Path data, Path cache) {

    static DefaultFolders of(boolean weAreRoot, Map<String, String> environment) {
        if (weAreRoot) {
            // never below HOME: root's is closed to the users that Deployments run under
            return new DefaultFolders(Path.of("/var/lib/headgate"), Path.of("/var/cache/headgate"));
        }
        Path home = Path.of(environment.getOrDefault("HOME", System.getProperty("user.home", "/")));
        String xdgCache = environment.getOrDefault("XDG_CACHE_HOME", "");
        Path caches = xdgCache.isEmpty() ? home.resolve(".cache") : Path.of(xdgCache);
        return new DefaultFolders(home.resolve(".local/share/headgate"), caches.resolve("headgate"));
    }
}
