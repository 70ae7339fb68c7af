/// Logs of components over real HTTP.
@NullMarked
package io.headgate.ui.log;

import org.jspecify.annotations.NullMarked;
