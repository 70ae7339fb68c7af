/// The pages over real HTTP.
@NullMarked
package io.headgate.ui;

import org.jspecify.annotations.NullMarked;
