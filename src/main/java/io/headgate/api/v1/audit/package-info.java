/// The audit log on the wire: what is read from requests, and the stream of its lines. Decides nothing.
@NullMarked
package io.headgate.api.v1.audit;

import org.jspecify.annotations.NullMarked;
