/// Settings: one list of typed, documented keys, and where their values come from.
/// Features receive what they need by constructor; only {@code launch} reads sources.
@NullMarked
package io.headgate.config;

import org.jspecify.annotations.NullMarked;
