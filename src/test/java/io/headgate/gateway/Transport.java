package io.headgate.gateway;

/// How a client of a test speaks to the gateway's one port; what holds for one must hold for the other.
enum Transport {
    HTTP,
    HTTPS
}
