/// Deploys over HTTP, by operation and status.
@NullMarked
package io.headgate.api.v1.deploy;

import org.jspecify.annotations.NullMarked;
