package io.headgate.config;

import java.util.List;

/// The value of `trusted-proxies`, as a type of its own so that it can be handed to the edge by its type.
public record TrustedProxies(List<String> addresses) {
    public TrustedProxies {
        addresses = List.copyOf(addresses);
    }
}
