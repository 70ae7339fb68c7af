/// Pages in a real browser: how a test opens them, and what must hold of every one of them.
@NullMarked
package io.headgate.browser;

import org.jspecify.annotations.NullMarked;
