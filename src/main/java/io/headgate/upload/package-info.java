/// Edge: the upload target for bundles. Empty so far.
@NullMarked
package io.headgate.upload;

import org.jspecify.annotations.NullMarked;
