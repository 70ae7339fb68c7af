/// The documentation inside the product: the pages of the folder `docs`, as they are in the jar.
/// `DocsContents` says which and in which order; `PageReader` makes HTML of them. Shows nothing of what is stored.
@NullMarked
package io.headgate.ui.docs;

import org.jspecify.annotations.NullMarked;
