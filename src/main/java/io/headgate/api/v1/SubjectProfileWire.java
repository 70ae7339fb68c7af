package io.headgate.api.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.headgate.access.SubjectProfile;
import java.util.Optional;

/// `BasicSubjectProfile` of the contract (C7): names of users and of tokens stand in different members.
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record SubjectProfileWire(
        String id,
        SubjectProfile.Kind subjectType,
        Optional<String> fullName,
        Optional<String> username,
        Optional<String> apiTokenName) {

    public static SubjectProfileWire of(SubjectProfile profile) {
        return switch (profile.kind()) {
            case USER ->
                new SubjectProfileWire(
                        profile.id(),
                        profile.kind(),
                        Optional.of(profile.name()),
                        Optional.of(profile.username()).filter(name -> !name.isEmpty()),
                        Optional.empty());
            case SERVICEKEY ->
                new SubjectProfileWire(
                        profile.id(), profile.kind(), Optional.empty(), Optional.empty(), Optional.of(profile.name()));
        };
    }
}
