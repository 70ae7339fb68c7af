package io.headgate.gateway;

import java.net.URI;
import java.util.List;
import java.util.Map;

/// The gateway behind a proxy that does TLS, with a domain for Deployments and one that has a host of its own.
final class TlsInFront {
    private TlsInFront() {}

    static GatewaySettings settings(GatewaySettings onLoopback) {
        return new GatewaySettings(
                onLoopback.bindAddress(),
                onLoopback.port(),
                URI.create("https://airflow.example.com"),
                "apps.example.com",
                Map.of("reports.example.com", "quick"),
                List.of("127.0.0.1"),
                onLoopback.limits(),
                onLoopback.timeouts());
    }
}
