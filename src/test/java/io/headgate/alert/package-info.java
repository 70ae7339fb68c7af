/// What alerts guarantee.
@NullMarked
package io.headgate.alert;

import org.jspecify.annotations.NullMarked;
