package io.headgate.runtime.process;

import java.util.OptionalInt;

/// What a Deployment holds on this host as long as it lives.
///
/// @param uid the user id it runs under; absent while Headgate is not root
/// @param port the loopback port of its api-server
record ProcessAllocation(OptionalInt uid, int port) {}
