package io.headgate.gateway;

import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.List;

/// The front proxies whose word on the caller's scheme and address counts; nobody else's does.
final class TrustedProxies {
    private final List<IpSubnetFilterRule> ranges;

    /// Takes addresses and CIDR ranges, e.g. `10.0.0.0/8`.
    TrustedProxies(List<String> ranges) {
        this.ranges = ranges.stream().map(TrustedProxies::range).toList();
    }

    /// Whether the caller came over https: what a trusted proxy says of the way to itself, else the way to us.
    ///
    /// @param secure whether the connection of the peer is TLS
    boolean isHttps(HttpRequest request, SocketAddress peer, boolean secure) {
        String claimed = request.headers().get("X-Forwarded-Proto", "");
        return (claimed.isEmpty() || !isTrusted(peer)) ? secure : claimed.equalsIgnoreCase("https");
    }

    /// The caller's address: from the peer outwards as long as each hop is trusted; what an untrusted hop says is not
    /// believed (item 17).
    String addressOf(HttpRequest request, SocketAddress peer) {
        if (!(peer instanceof InetSocketAddress nearest) || nearest.getAddress() == null) {
            return "unknown";
        }
        InetAddress client = nearest.getAddress();
        if (ranges.isEmpty()) {
            return client.getHostAddress();
        }
        List<String> hops = request.headers().getAll("X-Forwarded-For").stream()
                .flatMap(header -> Arrays.stream(header.split(",", -1)))
                .map(String::strip)
                .toList();
        for (int i = hops.size() - 1; i >= 0 && isTrusted(new InetSocketAddress(client, 0)); i--) {
            try {
                client = InetAddress.ofLiteral(hops.get(i));
            } catch (IllegalArgumentException e) {
                break;
            }
        }
        return client.getHostAddress();
    }

    private boolean isTrusted(SocketAddress peer) {
        return peer instanceof InetSocketAddress address && ranges.stream().anyMatch(range -> range.matches(address));
    }

    private static IpSubnetFilterRule range(String text) {
        boolean single = text.indexOf('/') < 0;
        String cidr = single ? text + (text.indexOf(':') < 0 ? "/32" : "/128") : text;
        int slash = cidr.indexOf('/');
        return new IpSubnetFilterRule(
                cidr.substring(0, slash),
                Integer.parseInt(cidr, slash + 1, cidr.length(), 10),
                IpFilterRuleType.ACCEPT);
    }
}
