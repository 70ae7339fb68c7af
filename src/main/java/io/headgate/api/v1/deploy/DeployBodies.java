package io.headgate.api.v1.deploy;

import io.headgate.api.http.RequestBody;
import io.headgate.deploy.DeployType;
import io.headgate.deploy.Deploys;
import io.headgate.deploy.GitCommit;
import io.headgate.deploy.NewDeploy;
import io.headgate.deployment.BundleVersion;
import io.headgate.web.MemberRule;
import io.headgate.web.Members;
import io.headgate.web.TextRule;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads the requests about deploys.
final class DeployBodies {
    private static final Set<String> MODEL = Set.of(
            "id",
            "deploymentId",
            "type",
            "status",
            "statusReason",
            "findings",
            "description",
            "git",
            "imageRepository",
            "imageTag",
            "isDagDeployEnabled",
            "astroRuntimeVersion",
            "airflowVersion",
            "dagTarballVersion",
            "dagsUploadUrl",
            "rollbackFromId",
            "bundleMountPath",
            "bundleType",
            "bundleUploadUrl",
            "bundles",
            "createdAt",
            "createdBySubject",
            "updatedAt",
            "updatedBySubject");
    private static final TextRule DESCRIPTION = TextRule.lines(NewDeploy.DESCRIPTION_MAX);
    private static final TextRule GIT_TEXT = TextRule.line(0, GitCommit.TEXT_MAX);

    private DeployBodies() {}

    static NewDeploy create(RequestBody body) {
        Members members = body.members();
        Optional<DeployType> type = members.require("type", MemberRule.oneOf(List.of(DeployType.values())));
        Optional<String> description = members.read("description", DESCRIPTION);
        Optional<GitCommit> git = members.read("git", MemberRule.object(DeployBodies::git));
        members.finish(MODEL);
        members.throwIfWrong();
        return new NewDeploy(type.orElseThrow(), description, git);
    }

    /// For an operation that takes a description and nothing else, and may be sent no body at all.
    static Optional<String> description(RequestBody body) {
        Members members = body.optionalMembers();
        Optional<String> description = members.read("description", DESCRIPTION);
        members.finish(MODEL);
        members.throwIfWrong();
        return description;
    }

    /// `""` is what the command line sends when it uploaded nothing; it means the same as absent.
    static Deploys.Finalization finalization(RequestBody body) {
        Members members = body.optionalMembers();
        Optional<String> version =
                members.readUnlessEmpty("dagTarballVersion", TextRule.line(1, BundleVersion.LENGTH_MAX));
        Optional<Boolean> force = members.read("force", MemberRule.bool());
        members.refuseUnlessEmpty(
                "bundleTarballVersion", "must be empty: the process runtime takes DAG bundles only, as DAG_ONLY");
        members.finish(MODEL);
        members.throwIfWrong();
        return new Deploys.Finalization(version, force.orElse(false));
    }

    private static Optional<GitCommit> git(Members members) {
        Optional<GitCommit.Provider> provider =
                members.require("provider", MemberRule.oneOf(List.of(GitCommit.Provider.values())));
        Optional<String> sha = members.require("commitSha", TextRule.line(1, GitCommit.TEXT_MAX));
        Optional<String> account = text(members, "account");
        Optional<String> repo = text(members, "repo");
        Optional<String> remoteUrl = text(members, "remoteUrl");
        Optional<String> branch = text(members, "branch");
        Optional<String> path = text(members, "path");
        Optional<String> commitUrl = text(members, "commitUrl");
        Optional<String> before = text(members, "beforeCommitSha");
        Optional<String> authorName = text(members, "authorName");
        Optional<String> authorUsername = text(members, "authorUsername");
        Optional<String> authorUrl = text(members, "authorUrl");
        provider.ifPresent(host -> {
            switch (host) {
                case GITHUB -> {
                    present(members, "account", account, host);
                    present(members, "repo", repo, host);
                    absent(members, "remoteUrl", remoteUrl, host);
                }
                case GENERIC -> {
                    present(members, "remoteUrl", remoteUrl, host);
                    absent(members, "account", account, host);
                    absent(members, "repo", repo, host);
                }
            }
        });
        members.finish(Set.of());
        return provider.isEmpty() || sha.isEmpty()
                ? Optional.empty()
                : Optional.of(new GitCommit(
                        provider.get(),
                        account,
                        repo,
                        remoteUrl,
                        branch,
                        path,
                        sha.get(),
                        commitUrl,
                        before,
                        authorName,
                        authorUsername,
                        authorUrl));
    }

    private static Optional<String> text(Members members, String name) {
        return members.readUnlessEmpty(name, GIT_TEXT);
    }

    private static void present(Members members, String name, Optional<String> value, GitCommit.Provider provider) {
        if (value.isEmpty()) {
            members.refuse(name, "required", "is required for provider " + provider);
        }
    }

    private static void absent(Members members, String name, Optional<String> value, GitCommit.Provider provider) {
        if (value.isPresent()) {
            members.refuse(name, "not-taken", "must be empty for provider " + provider);
        }
    }
}
