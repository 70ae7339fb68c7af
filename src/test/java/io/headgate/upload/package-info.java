/// Uploads over HTTP, as clients of blob stores and curl make them.
@NullMarked
package io.headgate.upload;

import org.jspecify.annotations.NullMarked;
