package io.headgate.launch;

import io.headgate.config.HeadgateSettings;
import io.headgate.config.Settings;
import io.headgate.deployment.DeploymentAddresses;
import io.headgate.host.FreePorts;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Map;

/// Where this server listens and what its public URLs are, worked out from settings once, with ports chosen.
record Addresses(
        InetAddress listen,
        int port,
        int gatewayPort,
        int managementPort,
        URI publicUrl,
        URI gatewayPublicUrl,
        String browserDomain,
        Map<String, String> hosts) {

    /// Refuses plain HTTP on an address that other hosts reach, and a port that is taken.
    static Addresses chosenBy(Settings settings) {
        String host = settings.get(HeadgateSettings.HOST);
        InetAddress listen = resolve(host);
        if (!listen.isLoopbackAddress() && !settings.get(HeadgateSettings.TLS_TERMINATED_BY_PROXY)) {
            throw new LaunchException("--host " + host + " can be reached from other hosts, and tokens would cross the"
                    + " network in clear. Put a proxy that does TLS in front and set"
                    + " tls-terminated-by-proxy=true (HEADGATE_TLS_TERMINATED_BY_PROXY), or listen on localhost.");
        }
        if (listen.isAnyLocalAddress()
                && (settings.get(HeadgateSettings.PUBLIC_URL).isEmpty()
                        || settings.get(HeadgateSettings.GATEWAY_PUBLIC_URL).isEmpty())) {
            throw new LaunchException("--host " + host + " is no address that anybody could open: say under which URLs"
                    + " Headgate is reached with public-url and gateway.public-url");
        }
        return of(
                settings,
                listen,
                port("--port", settings.get(HeadgateSettings.PORT)),
                port("--gateway-port", settings.get(HeadgateSettings.GATEWAY_PORT)),
                port("--management-port", settings.get(HeadgateSettings.MANAGEMENT_PORT)));
    }

    /// For commands that listen nowhere: only the public URLs matter to them.
    static Addresses unbound(Settings settings) {
        return of(
                settings,
                InetAddress.getLoopbackAddress(),
                settings.get(HeadgateSettings.PORT),
                settings.get(HeadgateSettings.GATEWAY_PORT),
                settings.get(HeadgateSettings.MANAGEMENT_PORT));
    }

    private static Addresses of(Settings settings, InetAddress listen, int port, int gatewayPort, int managementPort) {
        String host = settings.get(HeadgateSettings.HOST);
        URI gatewayUrl = settings.get(HeadgateSettings.GATEWAY_PUBLIC_URL).orElseGet(() -> http(host, gatewayPort));
        return new Addresses(
                listen,
                port,
                gatewayPort,
                managementPort,
                settings.get(HeadgateSettings.PUBLIC_URL).orElseGet(() -> http(host, port)),
                gatewayUrl,
                settings.get(HeadgateSettings.GATEWAY_BASE_DOMAIN).orElseGet(() -> gatewayUrl.getHost()),
                settings.get(HeadgateSettings.GATEWAY_DEPLOYMENT_HOSTS));
    }

    DeploymentAddresses ofDeployments() {
        String port = gatewayPublicUrl.getPort() < 0 ? "" : ":" + gatewayPublicUrl.getPort();
        return new DeploymentAddresses(publicUrl, gatewayPublicUrl, browserDomain + port, hosts);
    }

    private static InetAddress resolve(String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new LaunchException("--host " + host + " is not an address of this machine", e);
        }
    }

    private static int port(String flag, int wanted) {
        if (wanted == 0) {
            return FreePorts.any();
        }
        if (!FreePorts.isFree(wanted)) {
            throw new LaunchException("port " + wanted + " is taken by another program; choose one with " + flag
                    + " (0 takes a free one)");
        }
        return wanted;
    }

    private static URI http(String host, int port) {
        String name = host.contains(":") ? "[" + host + "]" : host;
        return URI.create("http://" + name + ":" + port);
    }
}
