package io.headgate.launch;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/// What must be true before this server may be sent requests; says no names and no values.
@Singleton
final class Readiness {
    private final RunningServer server;

    Readiness(RunningServer server) {
        this.server = server;
    }

    @Produces
    @Singleton
    @org.eclipse.microprofile.health.Readiness
    HealthCheck database() {
        return () ->
                HealthCheckResponse.named("database").status(databaseAnswers()).build();
    }

    @Produces
    @Singleton
    @org.eclipse.microprofile.health.Readiness
    HealthCheck tokens() {
        return () -> HealthCheckResponse.named("tokens")
                .status(server.controlPlane().liveTokens().complete())
                .build();
    }

    /// A finding, not a failure: a server that shares one user is ready, and whoever asks learns what that means.
    @Produces
    @Singleton
    @org.eclipse.microprofile.health.Readiness
    HealthCheck isolation() {
        return () -> {
            HealthCheckResponseBuilder answer =
                    HealthCheckResponse.named("isolation").up();
            server.isolation().finding().ifPresent(finding -> answer.withData("finding", finding));
            return answer.build();
        };
    }

    private boolean databaseAnswers() {
        try {
            return server.controlPlane()
                    .transactions()
                    .inTransaction(server.controlPlane().organizations()::only)
                    .isPresent();
        } catch (RuntimeException e) {
            return false;
        }
    }
}
