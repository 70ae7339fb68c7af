/// Edge: the pages that people see.
/// Calls use cases only; whatever a page can do, the API can do.
@NullMarked
package io.headgate.ui;

import org.jspecify.annotations.NullMarked;
