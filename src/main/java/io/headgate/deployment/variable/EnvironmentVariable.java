package io.headgate.deployment.variable;

import io.headgate.kernel.SecretText;
import java.time.Instant;

/// One environment variable of a Deployment (V1).
///
/// @param value never printed, also when it is no secret: people put more into variables than they should
/// @param secret whether the value is withheld from every answer for ever (V5, V6)
/// @param updatedAt when this variable last changed
public record EnvironmentVariable(String key, SecretText value, boolean secret, Instant updatedAt) {}
