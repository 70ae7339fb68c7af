/// Tests of the documentation inside the product.
@NullMarked
package io.headgate.ui.docs;

import org.jspecify.annotations.NullMarked;
