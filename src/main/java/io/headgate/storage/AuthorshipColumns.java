package io.headgate.storage;

import io.headgate.access.Authorship;
import io.headgate.access.SubjectProfile;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Map;

/// The columns `created_at`, `created_by`, `updated_at`, `updated_by` that every table of people's things has.
public final class AuthorshipColumns {
    private AuthorshipColumns() {}

    public static Authorship read(ResultSet row) throws SQLException {
        return new Authorship(
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                JsonColumn.read(row.getString("created_by"), SubjectProfile.class),
                row.getObject("updated_at", OffsetDateTime.class).toInstant(),
                JsonColumn.read(row.getString("updated_by"), SubjectProfile.class));
    }

    /// Values for `:createdAt`, `:createdBy`, `:updatedAt`, `:updatedBy`.
    public static Map<String, Object> write(Authorship authorship) {
        return Map.of(
                "createdAt", authorship.createdAt(),
                "createdBy", JsonColumn.write(authorship.createdBy()),
                "updatedAt", authorship.updatedAt(),
                "updatedBy", JsonColumn.write(authorship.updatedBy()));
    }
}
