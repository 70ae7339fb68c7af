package io.headgate.gateway;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Everything an operator can choose about the gateway.
///
/// `bindAddress` is an IP address, `port` 0 means a free one. `publicUrl` names the plain host, under which every
/// namespace is reachable by Bearer. `deploymentHosts` maps a host name to the one namespace it serves.
/// `trustedProxies` are addresses or CIDR ranges whose `X-Forwarded-Proto` is believed.
public record GatewaySettings(
        String bindAddress,
        int port,
        URI publicUrl,
        String baseDomain,
        Map<String, String> deploymentHosts,
        List<String> trustedProxies,
        Limits limits,
        Timeouts timeouts) {

    public GatewaySettings {
        deploymentHosts = Map.copyOf(deploymentHosts);
        trustedProxies = List.copyOf(trustedProxies);
        if (publicUrl.getHost() == null) {
            throw new IllegalArgumentException("the public URL of the gateway needs a host: " + publicUrl);
        }
    }

    /// Loopback, a free port, `*.localhost`, and the default limits.
    public static GatewaySettings onLoopback() {
        return new GatewaySettings(
                "127.0.0.1",
                0,
                URI.create("http://localhost:8889"),
                "localhost",
                Map.of(),
                List.of(),
                Limits.standard(),
                Timeouts.standard());
    }

    public GatewaySettings withLimits(Limits changed) {
        return new GatewaySettings(
                bindAddress, port, publicUrl, baseDomain, deploymentHosts, trustedProxies, changed, timeouts);
    }

    public GatewaySettings withTimeouts(Timeouts changed) {
        return new GatewaySettings(
                bindAddress, port, publicUrl, baseDomain, deploymentHosts, trustedProxies, limits, changed);
    }

    /// Sizes and counts that bound what one caller can make the gateway hold.
    ///
    /// @param targetBytes the request target; Airflow's longest useful queries stay below 2 KiB
    /// @param headBytes request line and headers together; a browser with many cookies sends about 8 KiB
    /// @param headerCount header lines of a request
    /// @param bodyBytes body of any request; Airflow reads one into memory before it looks at it
    /// @param bulkBodyBytes body of a bulk request, the only one that is ever held whole
    /// @param discardedBytes rest of a refused request's body that is read away so that the caller sees the
    /// answer
    /// @param clientConnections open connections of callers; for a further one the connection goes that has been
    /// without an admitted request for the longest
    /// @param idleConnectionsPerUpstream kept for reuse, per event loop and Airflow
    public record Limits(
            int targetBytes,
            int headBytes,
            int headerCount,
            int bodyBytes,
            int bulkBodyBytes,
            int discardedBytes,
            int clientConnections,
            int idleConnectionsPerUpstream) {

        public static Limits standard() {
            return new Limits(8 * 1024, 32 * 1024, 100, 32 * 1024 * 1024, 1024 * 1024, 256 * 1024, 12_288, 32);
        }

        public Limits withBodyBytes(int changed) {
            return new Limits(
                    targetBytes,
                    headBytes,
                    headerCount,
                    changed,
                    Math.min(changed, bulkBodyBytes),
                    discardedBytes,
                    clientConnections,
                    idleConnectionsPerUpstream);
        }

        public Limits withClientConnections(int changed) {
            return new Limits(
                    targetBytes,
                    headBytes,
                    headerCount,
                    bodyBytes,
                    bulkBodyBytes,
                    discardedBytes,
                    changed,
                    idleConnectionsPerUpstream);
        }
    }

    /// How long the gateway waits, and for what.
    ///
    /// @param connect for Airflow to accept a connection
    /// @param requestHead from the first byte of a request to the end of its headers
    /// @param clientIdle for the next request on a kept connection
    /// @param requestBody between two pieces of a request's body
    /// @param wholeRequestBody from the end of the headers to the end of the body, however busy the sender is
    /// @param responseHead from the end of the request to the headers of the response
    /// @param responseIdle between two pieces of a response
    /// @param streamIdle the same on the routes that stream for hours (logs, `wait`, task instance summaries)
    /// @param upstreamIdle that a connection to Airflow is kept for reuse; Airflow itself keeps it for 120 s
    /// @param linger that the rest of a refused request is read before the connection is closed
    /// @param drain for running requests when the gateway stops
    public record Timeouts(
            Duration connect,
            Duration requestHead,
            Duration clientIdle,
            Duration requestBody,
            Duration wholeRequestBody,
            Duration responseHead,
            Duration responseIdle,
            Duration streamIdle,
            Duration upstreamIdle,
            Duration linger,
            Duration drain) {

        public static Timeouts standard() {
            return new Timeouts(
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(75),
                    Duration.ofSeconds(60),
                    Duration.ofMinutes(5),
                    Duration.ofSeconds(60),
                    Duration.ofMinutes(5),
                    Duration.ofHours(1),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(5));
        }
    }
}
