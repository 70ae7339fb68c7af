/// Logs of components as people read them.
@NullMarked
package io.headgate.deployment.log;

import org.jspecify.annotations.NullMarked;
