/// The append-only record of who did what, written in the transaction of the act itself.
/// Holds no values and no secrets. Start at {@link io.headgate.audit.AuditLog}.
@NullMarked
package io.headgate.audit;

import org.jspecify.annotations.NullMarked;
