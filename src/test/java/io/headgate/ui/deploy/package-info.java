/// Deploy History over real HTTP, and how its parts are put into words.
@NullMarked
package io.headgate.ui.deploy;

import org.jspecify.annotations.NullMarked;
