/// Code pushes: what was uploaded, safe unpacking, validation, activation in order, history, rollback and retention.
/// Does not take bytes from the network (that is {@code upload}) and does not run Python (that is a runtime, behind
/// {@link io.headgate.deploy.CodeHost}).
@NullMarked
package io.headgate.deploy;

import org.jspecify.annotations.NullMarked;
