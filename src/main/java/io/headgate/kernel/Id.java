package io.headgate.kernel;

import java.util.Collection;
import java.util.List;

/// The identity of a thing: a CUID, `c` followed by 24 characters of `0-9a-z`; ids minted later sort later as strings.
public sealed interface Id
        permits AlertId,
                ApiTokenId,
                AuditEventId,
                DeployId,
                DeploymentId,
                NotificationChannelId,
                OrganizationId,
                SessionId,
                UserId,
                WorkerQueueId,
                WorkspaceId {

    /// Length of every id, in characters.
    int LENGTH = 25;

    String value();

    /// Whether a text has the form of an id; says nothing about whether the thing exists.
    static boolean isWellFormed(String text) {
        if (text.length() != LENGTH || text.charAt(0) != 'c') {
            return false;
        }
        return text.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'));
    }

    /// The texts of several ids, in their order; how statements bind lists of them.
    static List<String> values(Collection<? extends Id> ids) {
        return ids.stream().map(Id::value).toList();
    }

    /// Refuses a malformed id with an exception; edges turn unknown text into a 404 before they get here.
    static String checked(String text) {
        if (!isWellFormed(text)) {
            throw new IllegalArgumentException("not an id: it needs 'c' and 24 characters of 0-9a-z");
        }
        return text;
    }
}
