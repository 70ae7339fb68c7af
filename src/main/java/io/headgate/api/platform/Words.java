package io.headgate.api.platform;

import io.headgate.web.MemberRule;
import java.util.List;
import java.util.Optional;

/// Rules of members that alerts and channels share.
final class Words {
    private Words() {}

    /// The one kind of entity that is offered.
    static MemberRule<String> exactly(String word) {
        return member -> Optional.ofNullable(member.value().textValue())
                .filter(word::equals)
                .or(() -> member.refuseGiven("enum", "must be " + word));
    }

    /// A list that says something.
    static <T> MemberRule<List<T>> someOf(int max, MemberRule<T> element) {
        return member -> member.value().isArray() && member.value().isEmpty()
                ? member.refuse("min", "must hold at least 1 element")
                : MemberRule.list(max, element).read(member);
    }
}
