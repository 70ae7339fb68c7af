/// Shapes that several nouns of {@code /v1} share.
@NullMarked
package io.headgate.api.v1;

import org.jspecify.annotations.NullMarked;
