@NullMarked
package io.headgate.ui.variable;

import org.jspecify.annotations.NullMarked;
