package io.headgate.access;

import java.util.List;

/// An authenticated subject with the rights it holds at this moment.
public record Principal(Subject subject, List<Grant> grants) {
    public Principal {
        grants = List.copyOf(grants);
    }
}
