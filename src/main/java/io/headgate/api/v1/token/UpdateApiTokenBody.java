package io.headgate.api.v1.token;

import io.headgate.api.http.RequestBody;
import io.headgate.token.NewApiToken;
import io.headgate.token.TokenNaming;
import io.headgate.web.Members;
import io.headgate.web.TextRule;
import java.util.List;
import java.util.Optional;

/// Reads `UpdateApiTokenRequest`: name and description, nothing else can change (S23).
final class UpdateApiTokenBody {
    private static final List<String> FIXED = List.of("scope", "type", "entityId");

    private UpdateApiTokenBody() {}

    static TokenNaming read(RequestBody body) {
        Members members = body.members();
        Optional<String> name = members.require("name", TextRule.line(1, NewApiToken.NAME_MAX));
        Optional<String> description = members.read("description", TextRule.lines(NewApiToken.DESCRIPTION_MAX));
        refuseWhatIsFixed(members);
        members.finish(ApiTokenModel.NAMES);
        members.throwIfWrong();
        return new TokenNaming(name.orElseThrow(), description);
    }

    /// For an operation that takes no member at all, but may be sent an object.
    static void readNothing(RequestBody body) {
        Members members = body.optionalMembers();
        refuseWhatIsFixed(members);
        members.finish(ApiTokenModel.NAMES);
        members.throwIfWrong();
    }

    /// Somebody who names one of these expects it to change; keeping quiet would leave a token that lives longer, or
    /// may do more, than they believe.
    private static void refuseWhatIsFixed(Members members) {
        members.read(
                "tokenExpiryPeriodInDays",
                member -> member.refuse(
                        "fixed",
                        "cannot be changed: it is fixed at creation, and rotate starts the same period again"));
        members.read(
                "role", member -> member.refuse("fixed", "cannot be changed here: POST …/tokens/{tokenId}/roles does"));
        FIXED.forEach(
                name -> members.read(name, member -> member.refuse("fixed", "cannot be changed: make a new token")));
    }
}
