package io.headgate.gateway;

import java.util.function.BooleanSupplier;

/// What all connections of a gateway share; safe to use from every thread.
///
/// @param draining whether the gateway is stopping and no further request is taken
record GatewayContext(
        GatewaySettings settings, Admission admission, TrustedProxies proxies, BooleanSupplier draining) {}
