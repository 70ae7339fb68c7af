/// Edge: the HTTP contract under {@code /v1}.
/// Parses, calls a use case, renders. Owns no rule and no SQL.
@NullMarked
package io.headgate.api;

import org.jspecify.annotations.NullMarked;
