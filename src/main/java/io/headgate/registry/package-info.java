/// Edge: log-in and tokens of the image registry. Empty so far.
@NullMarked
package io.headgate.registry;

import org.jspecify.annotations.NullMarked;
