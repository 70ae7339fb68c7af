/// Edge and data plane: authenticates, authorises and relays requests to a Deployment's Airflow.
///
/// Never blocks, never queries the database on the request path, never lets the caller's credential pass. A
/// request goes through {@link io.headgate.gateway.StrictRequestDecoder} (is it one message?), {@link
/// io.headgate.gateway.Admission} and {@link io.headgate.gateway.RouteAccess} (may it pass?) and {@link
/// io.headgate.gateway.Exchange} (there and back); {@link io.headgate.gateway.ClientConnection} holds these
/// together. Start at {@link io.headgate.gateway.GatewayServer}. Every answer of the gateway itself is explained
/// in `docs/gateway-failure-modes.md`.
@NullMarked
package io.headgate.gateway;

import org.jspecify.annotations.NullMarked;
