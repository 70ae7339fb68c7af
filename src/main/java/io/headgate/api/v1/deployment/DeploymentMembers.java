package io.headgate.api.v1.deployment;

import com.fasterxml.jackson.databind.node.TextNode;
import io.headgate.deployment.NewDeployment;
import io.headgate.web.Member;
import io.headgate.web.MemberRule;
import io.headgate.web.Members;
import io.headgate.web.TextRule;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads the members that creating and updating a Deployment have in common.
final class DeploymentMembers {
    private static final int CONTACT_EMAILS_MAX = 100;
    private static final int EMAIL_MAX = 254;

    /// Only a plausibility check: whether somebody reads it shows only when a message is sent.
    private static final Pattern EMAIL = Pattern.compile("[^\\s@,;<>\"]{1,64}@[^\\s@,;<>\".]+(\\.[^\\s@,;<>\".]+)+");

    private DeploymentMembers() {}

    static MemberRule<String> name() {
        return TextRule.line(1, NewDeployment.NAME_MAX);
    }

    static Optional<String> description(Members members) {
        return members.read("description", TextRule.lines(NewDeployment.DESCRIPTION_MAX));
    }

    static Optional<List<String>> contactEmails(Members members) {
        return members.read("contactEmails", MemberRule.list(CONTACT_EMAILS_MAX, DeploymentMembers::email));
    }

    /// As in a `requirements.txt`, whose lines may end as Windows writes them.
    static Optional<String> pythonRequirements(Members members) {
        return members.read(
                        "pythonRequirements",
                        member -> member.value().isTextual()
                                ? TextRule.lines(NewDeployment.REQUIREMENTS_MAX)
                                        .read(new Member(
                                                member.path(),
                                                TextNode.valueOf(member.value()
                                                        .textValue()
                                                        .replace("\r\n", "\n")),
                                                member.errors()))
                                : member.refuse("type", "must be a text"))
                .map(String::strip);
    }

    static Optional<Boolean> flag(Members members, String name) {
        return members.read(name, MemberRule.bool());
    }

    static Optional<String> standard(Member member) {
        return Optional.ofNullable(member.value().textValue())
                .filter(DeploymentWire.TYPE::equals)
                .or(() -> member.refuseGiven("enum", "must be " + DeploymentWire.TYPE));
    }

    static Optional<String> noCluster(Member member) {
        return member.refuse(
                "not-taken", "must be absent: a STANDARD Deployment runs on this installation, not on a cluster");
    }

    /// Taking these in silence would promise something that does not happen.
    static void refuseWhatIsNotOfferedYet(Members members) {
        members.refuseUnlessEmpty("scalingSpec", "is not offered by this version: there is no hibernation yet");
        members.refuseUnlessEmpty("remoteExecution", "is not offered: tasks run where the Deployment's Airflow runs");
        members.refuseUnlessEmpty("scheduler", "belongs to type HYBRID; a STANDARD Deployment takes schedulerSize");
    }

    private static Optional<String> email(Member member) {
        return Optional.ofNullable(member.value().textValue())
                .filter(text ->
                        text.length() <= EMAIL_MAX && EMAIL.matcher(text).matches())
                .or(() -> member.refuseGiven("email", "must be an e-mail address"));
    }
}
