/// What every operation of the API shares: who asks, how bodies and queries are read, how failures are answered.
/// Knows no noun of the domain. Start at {@link io.headgate.api.http.CallerFilter} and {@link
/// io.headgate.api.http.RequestBody}.
@NullMarked
package io.headgate.api.http;

import org.jspecify.annotations.NullMarked;
