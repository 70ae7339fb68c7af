package io.headgate.kernel;

import java.util.List;

/// Which part of a list is wanted; `limit` 0 means everything from `offset` on.
public record PageRequest(int offset, int limit, List<Sort> sorts) {
    public static final int LIMIT_DEFAULT = 20;
    public static final int LIMIT_MAX = 1000;

    public PageRequest {
        sorts = List.copyOf(sorts);
        if (offset < 0 || limit < 0 || limit > LIMIT_MAX) {
            throw new IllegalArgumentException("offset must be >= 0 and limit 0-" + LIMIT_MAX);
        }
    }

    public static PageRequest first() {
        return new PageRequest(0, LIMIT_DEFAULT, List.of());
    }

    public static PageRequest everything() {
        return new PageRequest(0, 0, List.of());
    }

    /// One sort key; `field` is already checked against the fields that the list offers.
    public record Sort(String field, boolean ascending) {}
}
