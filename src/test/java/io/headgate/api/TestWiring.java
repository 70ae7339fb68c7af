package io.headgate.api;

import io.headgate.config.FeatureStage;
import io.headgate.deployment.UserIsolation;
import io.headgate.launch.RunningServer;
import io.headgate.testing.TestControlPlane;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;

/// Serves a control plane made for tests instead of the one that `main` would have built.
@Singleton
final class TestWiring {
    /// The peer of every test is a loopback address; this one is trusted, so that tests can play a proxy.
    static final String TRUSTED_PROXY = "127.0.0.1";

    @Produces
    @Singleton
    TestControlPlane testControlPlane() {
        return new TestControlPlane();
    }

    void close(@Disposes TestControlPlane controlPlane) {
        controlPlane.close();
    }

    @Produces
    @Singleton
    RunningServer server(TestControlPlane test) {
        return new RunningServer(
                test.controlPlane(), List.of(TRUSTED_PROXY), UserIsolation.USER_EACH, FeatureStage.PUBLIC_PREVIEW);
    }
}
