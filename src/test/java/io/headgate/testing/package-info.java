/// Fixtures written by hand: a real database, a clock that obeys, a control plane with people and things in it.
@NullMarked
package io.headgate.testing;

import org.jspecify.annotations.NullMarked;
