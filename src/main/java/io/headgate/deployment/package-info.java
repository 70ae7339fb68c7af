/// A Deployment as people ask for it, its status, and the route the gateway takes to it.
/// Does not run anything: that is {@code runtime}. Start at {@link io.headgate.deployment.Deployments}.
@NullMarked
package io.headgate.deployment;

import org.jspecify.annotations.NullMarked;
