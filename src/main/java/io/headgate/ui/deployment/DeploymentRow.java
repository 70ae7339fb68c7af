package io.headgate.ui.deployment;

import io.headgate.ui.frame.Moment;
import io.headgate.ui.frame.StatusLine;
import java.time.Instant;

/// A Deployment as a line of the list.
record DeploymentRow(
        String id,
        String name,
        String description,
        StatusLine status,
        String runtime,
        String bundle,
        Moment updated,
        String updatedBy,
        String airflowUrl,
        Instant updatedAt) {}
