package io.headgate.ui.deploy;

import io.headgate.deploy.GitCommit;
import java.util.Optional;

/// From which commit code was pushed, as the pipeline said.
///
/// @param url where to look at it; empty unless it is one that browsers open as a page
/// @param repository empty if the pipeline did not say
record CommitLink(String sha, String shortSha, String url, String repository, String branch, String author) {
    private static final int SHORT = 7;

    static CommitLink of(GitCommit commit) {
        String sha = commit.commitSha();
        return new CommitLink(
                sha,
                sha.length() > SHORT ? sha.substring(0, SHORT) : sha,
                // whoever pushes writes it: `javascript:` and the like are no places
                commit.commitUrl()
                        .filter(url -> url.startsWith("https://") || url.startsWith("http://"))
                        .orElse(""),
                repository(commit),
                commit.branch().orElse(""),
                commit.authorName().or(commit::authorUsername).orElse(""));
    }

    private static String repository(GitCommit commit) {
        Optional<String> named = commit.repo()
                .map(repo -> commit.account().map(owner -> owner + "/").orElse("") + repo);
        return named.or(commit::remoteUrl).orElse("");
    }
}
