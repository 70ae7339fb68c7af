package io.headgate.deploy;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;

/// Where the code of a deploy came from, as the client says; nothing is fetched from there.
///
/// @param account with `repo` for GITHUB only
/// @param remoteUrl for GENERIC only, as typed, for example `git@…`
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record GitCommit(
        Provider provider,
        Optional<String> account,
        Optional<String> repo,
        Optional<String> remoteUrl,
        Optional<String> branch,
        Optional<String> path,
        String commitSha,
        Optional<String> commitUrl,
        Optional<String> beforeCommitSha,
        Optional<String> authorName,
        Optional<String> authorUsername,
        Optional<String> authorUrl) {
    /// In characters, for every one of them.
    public static final int TEXT_MAX = 1000;

    /// Who hosts the repository.
    public enum Provider {
        GITHUB,
        GENERIC
    }
}
