/// The operations on deployments, over HTTP.
@NullMarked
package io.headgate.api.v1.deployment;

import org.jspecify.annotations.NullMarked;
