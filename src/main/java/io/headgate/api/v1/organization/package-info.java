/// Organizations on the wire: what is read from requests, what is shown in answers. Decides nothing.
@NullMarked
package io.headgate.api.v1.organization;

import org.jspecify.annotations.NullMarked;
