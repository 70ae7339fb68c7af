@NullMarked
package io.headgate.ui.details;

import org.jspecify.annotations.NullMarked;
