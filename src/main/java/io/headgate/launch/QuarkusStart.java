package io.headgate.launch;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/// Runs Quarkus on a thread of its own and returns when it serves, so that readiness is announced after the fact.
public final class QuarkusStart implements QuarkusApplication {
    private static final CompletableFuture<Boolean> SERVING = new CompletableFuture<>();

    static void run() throws InterruptedException {
        Thread.ofPlatform().name("quarkus").start(() -> {
            try {
                Quarkus.run(QuarkusStart.class, (code, failure) -> {
                    if (failure != null) {
                        SERVING.completeExceptionally(failure);
                    }
                });
            } catch (RuntimeException e) {
                SERVING.completeExceptionally(e);
            }
        });
        try {
            SERVING.get();
        } catch (ExecutionException e) {
            throw new LaunchException("API and pages could not start: " + e.getMessage(), e);
        }
    }

    /// Called by Quarkus when everything is up.
    @Override
    public int run(String... arguments) {
        SERVING.complete(true);
        Quarkus.waitForExit();
        return 0;
    }
}
