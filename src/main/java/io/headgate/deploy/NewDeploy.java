package io.headgate.deploy;

import java.util.Optional;

/// A deploy as somebody asks for it.
///
/// @param description empty when none was given, and then absent on the wire
public record NewDeploy(DeployType type, Optional<String> description, Optional<GitCommit> git) {
    /// In characters (D16).
    public static final int DESCRIPTION_MAX = 500;
}
