@NullMarked
package io.headgate.ui;

import org.jspecify.annotations.NullMarked;
