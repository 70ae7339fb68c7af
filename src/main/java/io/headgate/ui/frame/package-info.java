/// What all pages are made of: the frame around them, times, errors of forms, lists.
@NullMarked
package io.headgate.ui.frame;

import org.jspecify.annotations.NullMarked;
