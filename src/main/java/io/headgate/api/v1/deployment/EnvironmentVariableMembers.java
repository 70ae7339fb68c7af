package io.headgate.api.v1.deployment;

import io.headgate.deployment.variable.WantedVariable;
import io.headgate.kernel.SecretText;
import io.headgate.web.Member;
import io.headgate.web.MemberRule;
import io.headgate.web.Members;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads environment variables; no message ever quotes a value.
final class EnvironmentVariableMembers {
    /// Known to the model and given by the server.
    private static final Set<String> MODEL = Set.of("updatedAt");

    private EnvironmentVariableMembers() {}

    static MemberRule<List<WantedVariable>> rule() {
        return MemberRule.list(WantedVariable.COUNT_MAX, MemberRule.object(EnvironmentVariableMembers::variable));
    }

    private static Optional<WantedVariable> variable(Members members) {
        Optional<String> key = members.require("key", EnvironmentVariableMembers::text);
        Optional<Boolean> secret = members.require("isSecret", MemberRule.bool());
        Optional<String> value = members.read("value", EnvironmentVariableMembers::text);
        members.finish(MODEL);
        return key.flatMap(name -> secret.map(hidden -> new WantedVariable(name, value.map(SecretText::new), hidden)));
    }

    /// What the text may be is judged where the variables that are there are known.
    private static Optional<String> text(Member member) {
        return Optional.ofNullable(member.value().textValue()).or(() -> member.refuse("type", "must be a text"));
    }
}
