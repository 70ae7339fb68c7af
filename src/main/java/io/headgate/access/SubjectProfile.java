package io.headgate.access;

import io.headgate.kernel.ApiTokenId;
import io.headgate.kernel.UserId;

/// A snapshot of who did something, kept with the thing it was done to; stays true when the subject changes or is gone.
///
/// @param name full name of a user, name of a token
/// @param username e-mail of a user, empty otherwise
public record SubjectProfile(String id, Kind kind, String name, String username) {

    /// The kinds of the wire (C7).
    public enum Kind {
        USER,
        SERVICEKEY
    }

    public static SubjectProfile of(Subject subject) {
        return switch (subject) {
            case Subject.User(UserId id, String email, String fullName) ->
                new SubjectProfile(id.value(), Kind.USER, fullName.isEmpty() ? email : fullName, email);
            case Subject.ApiToken(ApiTokenId id, String name) ->
                new SubjectProfile(id.value(), Kind.SERVICEKEY, name, "");
            case Subject.LocalAdministrator administrator ->
                new SubjectProfile(administrator.id(), Kind.USER, administrator.displayName(), "");
        };
    }
}
