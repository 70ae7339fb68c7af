package io.headgate.launch;

import java.util.List;

/// What Quarkus is given: the settings' consequences and the use cases.
public record RunningServer(ControlPlane controlPlane, List<String> trustedProxies) {}
