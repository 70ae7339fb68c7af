/// API tokens: minting, hashing, look-up on the request path, and create, update, rotate, delete.
/// Owns everything that ever touches a token's value. Does not decide rights (see {@code access}). Start at {@link
/// io.headgate.token.ApiTokens}.
@NullMarked
package io.headgate.token;

import org.jspecify.annotations.NullMarked;
