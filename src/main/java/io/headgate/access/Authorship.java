package io.headgate.access;

import java.time.Instant;

/// When and by whom a thing was made and last changed; `updated` moves only by an act of a person or token.
public record Authorship(Instant createdAt, SubjectProfile createdBy, Instant updatedAt, SubjectProfile updatedBy) {

    public static Authorship createdBy(Subject subject, Instant now) {
        SubjectProfile profile = SubjectProfile.of(subject);
        return new Authorship(now, profile, now, profile);
    }

    public Authorship updatedBy(Subject subject, Instant now) {
        return new Authorship(createdAt, createdBy, now, SubjectProfile.of(subject));
    }
}
