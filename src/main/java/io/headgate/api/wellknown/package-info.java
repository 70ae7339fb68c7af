/// What the API publishes to everybody: its own description, and the keys that verify tokens offline.
@NullMarked
package io.headgate.api.wellknown;

import org.jspecify.annotations.NullMarked;
