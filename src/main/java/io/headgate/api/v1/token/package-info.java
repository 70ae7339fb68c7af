/// API tokens on the wire: what is read from requests, what is shown in answers. Decides nothing.
@NullMarked
package io.headgate.api.v1.token;

import org.jspecify.annotations.NullMarked;
