package io.headgate.api.v1.token;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The names that the contract's ApiToken model knows; clients echo any of them.
final class ApiTokenModel {
    static final Set<String> NAMES = Set.of(
            "id",
            "name",
            "description",
            "scope",
            "type",
            "kind",
            "shortToken",
            "token",
            "startAt",
            "endAt",
            "expiryPeriodInDays",
            "lastRotatedAt",
            "lastUsedAt",
            "roles",
            "createdAt",
            "createdBy",
            "updatedAt",
            "updatedBy");

    /// The same with what only requests have.
    static final Set<String> WITH_REQUESTS = with("entityId", "role", "tokenExpiryPeriodInDays");

    private ApiTokenModel() {}

    private static Set<String> with(String... more) {
        Set<String> all = new HashSet<>(NAMES);
        all.addAll(List.of(more));
        return Set.copyOf(all);
    }
}
