/// Hostile scripts: somebody with a good token tries one way after the other to get more than it gives.
///
/// Each names the guard in the product without which it would succeed; `SECURITY.md` lists them.
@NullMarked
package io.headgate.api.climbing;

import org.jspecify.annotations.NullMarked;
