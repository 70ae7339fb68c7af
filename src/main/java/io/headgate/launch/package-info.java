/// The front door: command line, locks, wiring of objects, the administration socket, start and stop.
/// Owns no rule; everything it does is to build the other packages and end them cleanly.
@NullMarked
package io.headgate.launch;

import org.jspecify.annotations.NullMarked;
