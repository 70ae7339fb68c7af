/// Code pushes: bundle versions, validation, activation, history and rollback. Empty so far.
/// Will not store bytes in flight: that is {@code upload}.
@NullMarked
package io.headgate.deploy;

import org.jspecify.annotations.NullMarked;
