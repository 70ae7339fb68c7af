package io.headgate.ui.frame;

import io.headgate.deployment.Deployment;
import io.headgate.deployment.DeploymentStatus;

/// A Deployment's health as a word, a shape and a colour, with the reason in a sentence.
///
/// @param tone names shape and colour in the stylesheet
/// @param settled whether nothing is under way that would change it by itself
public record StatusLine(String word, String tone, String reason, boolean settled) {
    public static StatusLine of(Deployment deployment) {
        DeploymentStatus status = deployment.status();
        return new StatusLine(
                word(status),
                tone(status),
                deployment.statusReason(),
                status != DeploymentStatus.CREATING && status != DeploymentStatus.DEPLOYING);
    }

    private static String word(DeploymentStatus status) {
        return switch (status) {
            case CREATING -> "Creating";
            case DEPLOYING -> "Deploying";
            case HEALTHY -> "Healthy";
            case UNHEALTHY -> "Unhealthy";
            case UNKNOWN -> "Unknown";
            case HIBERNATING -> "Hibernating";
        };
    }

    private static String tone(DeploymentStatus status) {
        return switch (status) {
            case CREATING -> "new";
            case DEPLOYING -> "busy";
            case HEALTHY -> "ok";
            case UNHEALTHY -> "bad";
            case UNKNOWN -> "unknown";
            case HIBERNATING -> "off";
        };
    }
}
