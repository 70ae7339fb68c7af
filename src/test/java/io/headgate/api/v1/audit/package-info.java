/// The operations on organizations, over HTTP.
@NullMarked
package io.headgate.api.v1.audit;

import org.jspecify.annotations.NullMarked;
