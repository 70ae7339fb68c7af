@NullMarked
package io.headgate.identity;

import org.jspecify.annotations.NullMarked;
