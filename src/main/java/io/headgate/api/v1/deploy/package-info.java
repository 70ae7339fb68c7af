/// Deploys over HTTP.
@NullMarked
package io.headgate.api.v1.deploy;

import org.jspecify.annotations.NullMarked;
