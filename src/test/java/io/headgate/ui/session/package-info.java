@NullMarked
package io.headgate.ui.session;

import org.jspecify.annotations.NullMarked;
