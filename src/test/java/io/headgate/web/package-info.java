/// The parts of the edge that need no server to be tested.
@NullMarked
package io.headgate.web;

import org.jspecify.annotations.NullMarked;
