package io.headgate.access;

import io.headgate.kernel.ApiTokenId;
import io.headgate.kernel.UserId;

/// Who acts: a user, an API token, or the person at the machine who used an `admin` command.
public sealed interface Subject {

    /// The id as recorded in `createdBy` and in the audit log.
    String id();

    /// What people call it.
    String displayName();

    /// A person with an account; `email` is lower case.
    record User(UserId userId, String email, String fullName) implements Subject {
        @Override
        public String id() {
            return userId.value();
        }

        @Override
        public String displayName() {
            return fullName.isEmpty() ? email : fullName;
        }
    }

    /// A credential of a machine.
    record ApiToken(ApiTokenId apiTokenId, String name) implements Subject {
        @Override
        public String id() {
            return apiTokenId.value();
        }

        @Override
        public String displayName() {
            return name;
        }
    }

    /// Whoever may read the data directory of this installation; acts through `admin` commands only.
    record LocalAdministrator() implements Subject {
        @Override
        public String id() {
            return "local-administrator";
        }

        @Override
        public String displayName() {
            return "Local administrator";
        }
    }
}
