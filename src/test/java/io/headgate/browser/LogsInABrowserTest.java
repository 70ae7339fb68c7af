package io.headgate.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.headgate.api.TestApi;
import io.headgate.deployment.Deployment;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/// Logs as people see them, and that they can be followed.
@QuarkusTest
@BrowserTest
class LogsInABrowserTest {
    private static final String TIME = "2026-01-02T03:04:";

    @Inject
    TestApi api;

    @Test
    void keepNobodyOut(Pages pages) {
        Deployment place = printed();
        Inspection.of(Owner.of(api.behind()).at(pages, path(place)), "logs");
        Inspection.of(Owner.of(api.behind()).at(pages, path(place) + "?q=nowhere"), "logs-none");
    }

    @Test
    void areFollowedWhenAskedAndShowTheEnd(Pages pages) {
        Deployment place = printed();
        Visit visit = Owner.of(api.behind()).at(pages, path(place));
        Page page = visit.page();

        page.getByText("Follow", new Page.GetByTextOptions().setExact(true)).click();
        assertThat(page.locator("[aria-pressed=true]").last()).hasText("Follow");
        api.behind().componentLogs().print(place.id(), "scheduler", TIME + "59Z [error    ] <i>printed now</i>");

        assertThat(page.locator(".console > .level-error").last()).containsText("<i>printed now</i>");
        assertThat(page.locator(".console > div").last()).isInViewport();
        Inspection.of(visit, "logs-followed");

        page.getByText("Follow", new Page.GetByTextOptions().setExact(true)).click();
        assertThat(page.locator(".console[data-stream]")).hasCount(0);
    }

    @Test
    void areFilteredWithoutJavaScript(Pages pages) {
        Deployment place = printed();
        Visit visit = Owner.of(api.behind()).at(pages, Look.usual().withoutJavaScript(), path(place));
        Page page = visit.page();

        page.locator("select[name=level]").selectOption("error");
        page.getByText("Show", new Page.GetByTextOptions().setExact(true)).click();

        assertThat(page.locator(".console > div").allTextContents())
                .isNotEmpty()
                .noneMatch(line -> line.contains("[info"));
        assertThat(page.locator("button[name=follow]")).isHidden();
    }

    private Deployment printed() {
        Deployment place = api.healthy("logs");
        for (int i = 10; i < 50; i++) {
            api.behind()
                    .componentLogs()
                    .print(
                            place.id(),
                            "scheduler",
                            TIME + i + ".123456Z [info     ] Adopting or resetting orphaned tasks for active dag runs"
                                    + " [airflow.jobs.scheduler_job_runner] loc=scheduler_job_runner.py:2184");
        }
        api.behind()
                .componentLogs()
                .print(
                        place.id(),
                        "scheduler",
                        TIME + "50.000000Z [warning  ] Slow query, took 2.1 s [sqlalchemy.engine]",
                        TIME + "51.000000Z [error    ] Executor reported that the task instance finished with state"
                                + " failed [airflow.executors]",
                        "Traceback (most recent call last):",
                        "  File \"/opt/airflow/executors/local.py\", line 91, in run",
                        "ValueError: no such order");
        return place;
    }

    private static String path(Deployment place) {
        return "/deployments/" + place.id() + "/logs";
    }
}
