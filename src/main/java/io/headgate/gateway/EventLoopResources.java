package io.headgate.gateway;

/// What the connections of one event loop share; used by that loop's thread alone.
record EventLoopResources(UpstreamPool upstreams, AirflowTokenMinter minter, WaitingConnections waiting) {}
