/// Alerts and notification channels over HTTP.
@NullMarked
package io.headgate.api.platform;

import org.jspecify.annotations.NullMarked;
