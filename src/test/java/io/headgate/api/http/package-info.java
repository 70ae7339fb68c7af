/// The parts of the edge that need no server to be tested.
@NullMarked
package io.headgate.api.http;

import org.jspecify.annotations.NullMarked;
