package io.headgate.gateway;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which names the gateway answers to, and which namespaces under each.
///
/// This is what keeps a page of one Deployment from speaking to another one, and a stranger's domain that
/// resolves to us (DNS rebinding) from speaking to any. Ports are not compared: a mapped port or a front proxy
/// changes them.
final class KnownHosts {
    private static final Pattern AUTHORITY =
            Pattern.compile("(\\[[0-9a-f:.]+]|[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?)(?::[0-9]{1,5})?");

    private final Set<String> plain = new HashSet<>();
    private final Map<String, String> namespaceByHost = new HashMap<>();
    private final String baseDomainSuffix;

    KnownHosts(GatewaySettings settings) {
        plain.add(lower(settings.publicUrl().getHost()));
        if (isLoopback(settings.bindAddress())) {
            plain.addAll(Set.of("localhost", "127.0.0.1", "[::1]"));
        }
        settings.deploymentHosts().forEach((host, namespace) -> namespaceByHost.put(lower(host), namespace));
        baseDomainSuffix = "." + lower(settings.baseDomain());
    }

    /// What a `Host` header means here.
    sealed interface Answer {
        /// Any namespace may be asked for.
        record AnyNamespace() implements Answer {}

        /// This one only.
        record Only(String namespace) implements Answer {}

        /// Not one of our names.
        record NotOurs() implements Answer {}

        /// Missing, repeated, or no host at all.
        record Malformed() implements Answer {}
    }

    Answer check(List<String> hostHeaders) {
        if (hostHeaders.size() != 1) {
            return new Answer.Malformed();
        }
        Matcher authority = AUTHORITY.matcher(lower(hostHeaders.getFirst()));
        if (!authority.matches()) {
            return new Answer.Malformed();
        }
        String host = authority.group(1);
        String namespace = namespaceByHost.get(host);
        if (namespace != null) {
            return new Answer.Only(namespace);
        }
        if (plain.contains(host)) {
            return new Answer.AnyNamespace();
        }
        if (host.endsWith(baseDomainSuffix)) {
            String label = host.substring(0, host.length() - baseDomainSuffix.length());
            return label.isEmpty() || label.indexOf('.') >= 0 ? new Answer.NotOurs() : new Answer.Only(label);
        }
        return new Answer.NotOurs();
    }

    private static boolean isLoopback(String bindAddress) {
        try {
            return InetAddress.getByName(bindAddress).isLoopbackAddress();
        } catch (UnknownHostException notAnAddress) {
            throw new IllegalArgumentException("gateway bind address: " + bindAddress, notAnAddress);
        }
    }

    private static String lower(String host) {
        return host.toLowerCase(Locale.ROOT);
    }
}
