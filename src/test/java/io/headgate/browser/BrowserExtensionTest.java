package io.headgate.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.engine.JupiterTestEngine;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/// A test need not ask whether something went wrong on its pages.
@BrowserTest
class BrowserExtensionTest {
    private static final DefectivePages SERVER = new DefectivePages();

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @Test
    void failsATestThatLeavesADefectBehind() {
        TestExecutionSummary summary = run(Careless.class);

        assertThat(summary.getTestsSucceededCount())
                .as("the one on a sound page")
                .isEqualTo(1);
        assertThat(summary.getFailures())
                .singleElement()
                .satisfies(failure ->
                        assertThat(failure.getException()).hasMessageContaining("console: planted complaint"));
    }

    private static TestExecutionSummary run(Class<?> tests) {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        // none of what Quarkus adds to launchers: it is for the run that this one is in
        LauncherConfig bare = LauncherConfig.builder()
                .enableLauncherSessionListenerAutoRegistration(false)
                .enableTestEngineAutoRegistration(false)
                .addTestEngines(new JupiterTestEngine())
                .build();
        LauncherFactory.create(bare)
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass(tests))
                                .build(),
                        listener);
        return listener.getSummary();
    }

    /// Not run by itself.
    @BrowserTest
    static class Careless {
        @Test
        void leavesADefect(Pages pages) {
            pages.at(SERVER.url(), Look.usual()).go("/console");
        }

        @Test
        void leavesNone(Pages pages) {
            pages.at(SERVER.url(), Look.usual()).go("/sound");
        }
    }
}
