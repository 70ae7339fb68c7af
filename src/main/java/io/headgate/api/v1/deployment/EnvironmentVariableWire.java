package io.headgate.api.v1.deployment;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.headgate.deployment.variable.ShownVariable;
import java.time.Instant;
import java.util.Optional;

/// An environment variable in answers; a secret has no value there (V5).
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record EnvironmentVariableWire(String key, Optional<String> value, boolean isSecret, Instant updatedAt) {

    static EnvironmentVariableWire of(ShownVariable variable) {
        return new EnvironmentVariableWire(variable.key(), variable.value(), variable.secret(), variable.updatedAt());
    }

    @Override
    public String toString() {
        return "EnvironmentVariableWire[" + key + "]";
    }
}
