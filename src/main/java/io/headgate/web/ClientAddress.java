package io.headgate.web;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Finds the client's address behind trusted proxies; from anybody else `X-Forwarded-For` is only a claim (item 17).
final class ClientAddress {
    private final Set<InetAddress> trustedProxies;

    ClientAddress(List<String> trustedProxies) {
        this.trustedProxies = trustedProxies.stream()
                .map(text -> literal(text)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "trusted-proxies must hold IP addresses, and '" + text + "' is none")))
                .collect(Collectors.toUnmodifiableSet());
    }

    /// Walks from the peer outwards as long as each hop is trusted; what an untrusted hop says is not believed.
    String of(String peer, List<String> forwardedFor) {
        String client = peer;
        List<String> hops = forwardedFor.stream()
                .flatMap(header -> Arrays.stream(header.split(",", -1)))
                .map(String::strip)
                .toList();
        for (int i = hops.size() - 1; i >= 0 && isTrusted(client); i--) {
            Optional<InetAddress> hop = literal(hops.get(i));
            if (hop.isEmpty()) {
                return client;
            }
            client = hop.get().getHostAddress();
        }
        return client;
    }

    private boolean isTrusted(String address) {
        return literal(address).filter(trustedProxies::contains).isPresent();
    }

    /// Never asks a name server: only literals count.
    private static Optional<InetAddress> literal(String text) {
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
