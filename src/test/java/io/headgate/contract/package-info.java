/// What real clients really send, replayed.
@NullMarked
package io.headgate.contract;

import org.jspecify.annotations.NullMarked;
