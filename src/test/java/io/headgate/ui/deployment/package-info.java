@NullMarked
package io.headgate.ui.deployment;

import org.jspecify.annotations.NullMarked;
