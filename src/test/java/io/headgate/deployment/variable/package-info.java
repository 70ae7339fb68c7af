@NullMarked
package io.headgate.deployment.variable;

import org.jspecify.annotations.NullMarked;
