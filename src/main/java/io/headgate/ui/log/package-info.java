/// The tab *Logs* of a Deployment: what its components print, filtered, and followed as it is printed (UI49).
@NullMarked
package io.headgate.ui.log;

import org.jspecify.annotations.NullMarked;
