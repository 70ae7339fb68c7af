/// Values that everything may use: ids, paging, problems, limits.
/// Owns no rule of any feature and sees nothing but the JDK. Start at {@link io.headgate.kernel.Problem}.
@NullMarked
package io.headgate.kernel;

import org.jspecify.annotations.NullMarked;
