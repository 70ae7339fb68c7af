package io.headgate.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.deployment.Deployment;
import io.headgate.testing.TestControlPlane;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/// What the page that people open most costs.
@QuarkusTest
@BrowserTest
class TokenListFiguresTest {
    private static final long BYTES_MAX = 120_000;

    @Inject
    TestControlPlane world;

    /// HTML, CSS and JavaScript together, unpacked; times are printed and not judged here.
    @Test
    void aFullPageOfTokensTakesLessThan120Kilobytes(Pages pages) {
        Deployment deployment =
                world.healthy("figures " + world.controlPlane().ids().auditEvent());
        for (int i = 0; i < 30; i++) {
            world.token(deployment.id(), "pipeline " + i, OptionalInt.of(30 + i));
        }
        Visit visit = Owner.of(world).at(pages, "/deployments/" + deployment.id() + "/api-tokens");
        visit.page().reload();
        visit.page().getByLabel("Edit pipeline 0").click();
        visit.page().getByLabel("Name").waitFor();
        PageFigures figures = PageFigures.of(visit.page());

        System.out.println("token list on a warm server: " + figures);
        assertThat(visit.page().locator("tbody tr").count()).isEqualTo(20);
        assertThat(figures.styles().decoded()).as("control: measured").isGreaterThan(10_000);
        assertThat(figures.scripts().decoded()).as("control: measured").isGreaterThan(40_000);
        assertThat(figures.document().decoded()
                        + figures.styles().decoded()
                        + figures.scripts().decoded())
                .isLessThan(BYTES_MAX);
    }
}
