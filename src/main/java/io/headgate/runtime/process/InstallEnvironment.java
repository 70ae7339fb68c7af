package io.headgate.runtime.process;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What pip and uv may see of our environment: where packages come from, and nothing else.
final class InstallEnvironment {
    private static final List<String> NAMES =
            List.of("HOME", "REQUESTS_CA_BUNDLE", "SSL_CERT_FILE", "SSL_CERT_DIR", "NETRC");
    private static final List<String> PREFIXES = List.of("PIP_", "UV_");

    private InstallEnvironment() {}

    static Map<String, String> from(Map<String, String> ours, Path uvCache) {
        Map<String, String> environment = new HashMap<>();
        ours.forEach((name, value) -> {
            if (NAMES.contains(name)
                    || PREFIXES.stream().anyMatch(name::startsWith)
                    || name.toLowerCase(Locale.ROOT).endsWith("_proxy")) {
                environment.put(name, value);
            }
        });
        environment.put("PATH", ours.getOrDefault("PATH", "/usr/bin:/bin"));
        environment.put("LANG", "C.UTF-8");
        environment.put("UV_CACHE_DIR", uvCache.toString());
        // never fetch an interpreter: Airflow runs on the one that was found and checked
        environment.put("UV_PYTHON_DOWNLOADS", "never");
        environment.put("UV_NO_PROGRESS", "1");
        environment.put("PIP_DISABLE_PIP_VERSION_CHECK", "1");
        return Map.copyOf(environment);
    }
}
