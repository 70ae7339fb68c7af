package io.headgate.token;

import io.headgate.access.Principal;
import io.headgate.access.Scope;
import io.headgate.kernel.ApiTokenId;
import java.time.Instant;

/// What a presented credential turned out to be.
public sealed interface TokenVerdict {

    /// Known, not retired, not expired, and its Deployment is alive.
    record Accepted(ApiTokenId tokenId, Principal principal, Scope home) implements TokenVerdict {}

    /// The right value of a token that is past its end; only its holder is told when it ended (item 40).
    record Expired(ApiTokenId tokenId, Instant endedAt) implements TokenVerdict {}

    /// A value that was rotated away or deleted: to be answered exactly as {@link Unknown}, and counted.
    record Retired(ApiTokenId tokenId) implements TokenVerdict {}

    /// Anything else: never issued, malformed. Strangers learn no more than this.
    record Unknown() implements TokenVerdict {}

    /// Cannot be answered now; callers fail closed with 503 (item 43).
    record Unavailable() implements TokenVerdict {}
}
