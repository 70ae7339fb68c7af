package io.headgate.gateway;

import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;

/// The front proxies whose word on the caller's scheme counts; nobody else's does.
final class TrustedProxies {
    private final List<IpSubnetFilterRule> ranges;

    /// Takes addresses and CIDR ranges, e.g. `10.0.0.0/8`.
    TrustedProxies(List<String> ranges) {
        this.ranges = ranges.stream().map(TrustedProxies::range).toList();
    }

    /// The scheme by which the caller came: `http`, unless a trusted proxy says otherwise.
    String schemeOf(HttpRequest request, SocketAddress peer) {
        String claimed = request.headers().get("X-Forwarded-Proto", "");
        return claimed.equalsIgnoreCase("https") && isTrusted(peer) ? "https" : "http";
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
