package io.headgate.launch;

import io.headgate.config.FeatureStage;
import io.headgate.deployment.UserIsolation;
import java.util.List;

/// What Quarkus is given: the settings' consequences and the use cases.
public record RunningServer(
        ControlPlane controlPlane, List<String> trustedProxies, UserIsolation isolation, FeatureStage tokensStage) {}
