/// The nouns of {@code /platform/v1beta1} that `/v1` does not have: alerts and notification channels.
/// Decides nothing: rights and rules are the use cases' part.
@NullMarked
package io.headgate.api.platform;

import org.jspecify.annotations.NullMarked;
