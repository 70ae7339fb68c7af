/// The operations on tokens, over HTTP.
@NullMarked
package io.headgate.api.v1.token;

import org.jspecify.annotations.NullMarked;
