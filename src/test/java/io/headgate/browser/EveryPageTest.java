package io.headgate.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.headgate.deployment.DagRuns;
import io.headgate.deployment.Deployment;
import io.headgate.testing.TestControlPlane;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Every page and dialog keeps nobody out (WCAG 2.2 AA), fits a telephone and 200 % zoom, and is pictured.
@QuarkusTest
@BrowserTest
class EveryPageTest {
    @Inject
    TestControlPlane world;

    private Owner owner;
    private Deployment deployment;
    private String base;

    @BeforeEach
    void aDeploymentThatIsInUse() {
        owner = Owner.of(world);
        deployment = world.healthy("quickstart " + world.controlPlane().ids().auditEvent());
        base = "/deployments/" + deployment.id();
        world.dagRuns()
                .put(
                        deployment.id(),
                        new DagRuns.Activity(
                                1,
                                12,
                                1,
                                List.of(
                                        new DagRuns.Run(
                                                "load_orders",
                                                "running",
                                                Optional.of(TestControlPlane.START),
                                                "2026-01-01T10-00-00.1234567Z"),
                                        new DagRuns.Run("clean_up", "failed", Optional.empty(), ""),
                                        new DagRuns.Run(
                                                "hello_headgate",
                                                "success",
                                                Optional.of(TestControlPlane.START),
                                                ""))));
    }

    @Test
    void signIn(Pages pages) {
        Inspection.of(pages.open("/sign-in"), "sign-in");
        String code = world.controlPlane()
                .identity()
                .firstSignIn()
                .open()
                .map(link -> link.code().reveal())
                .orElse("x");
        Visit gone = pages.open("/sign-in");
        Inspection.of(gone.go("/first-sign-in/" + code), "first-sign-in-gone");
        Visit missing = owner.at(pages, "/account");
        Inspection.of(missing.go("/nothing"), "not-found");
    }

    @Test
    void deploymentsAndOverview(Pages pages) {
        Visit visit = owner.at(pages, "/");
        Inspection.of(visit, "deployments");
        open(visit.page(), "+ Deployment", "New Deployment");
        Inspection.of(visit, "deployment-new");
        visit.go(base);
        assertThat(visit.page().getByText("load_orders")).isVisible();
        Inspection.of(visit, "overview");
        visit.page().getByLabel("More actions").click();
        Inspection.of(visit, "overview-menu");
        open(visit.page(), "Delete Deployment", "Delete " + deployment.name() + "?");
        Inspection.of(visit, "deployment-delete");
        Inspection.of(visit.go("/account"), "account");
    }

    @Test
    void tokens(Pages pages) {
        String tab = base + "/api-tokens";
        Visit visit = owner.at(pages, tab);
        Inspection.of(visit, "tokens-empty");
        world.token(deployment.id(), "github-main", OptionalInt.of(90));
        world.token(deployment.id(), "nightly", OptionalInt.of(6));
        world.token(deployment.id(), "terraform", OptionalInt.empty());
        Inspection.of(visit.go(tab), "tokens");
        open(visit.page(), "Edit nightly", "Edit nightly");
        Inspection.of(visit, "token-edit");
        visit.page()
                .getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Rotate token"))
                .click();
        heading(visit.page(), "Rotate nightly?");
        Inspection.of(visit, "token-rotate");
        visit.go(tab);
        open(visit.page(), "Edit nightly", "Edit nightly");
        visit.page()
                .getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Delete API Token"))
                .click();
        heading(visit.page(), "Delete nightly?");
        Inspection.of(visit, "token-delete");
        visit.go(tab);
        open(visit.page(), "+ API Token", "New API token");
        visit.page().getByLabel("No expiration").check();
        Inspection.of(visit, "token-new");
        visit.page().getByLabel("Name").fill("ci");
        visit.page()
                .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Create API token"))
                .click();
        heading(visit.page(), "API token ci");
        Inspection.of(visit, "token-ticket");
    }

    @Test
    void documentation(Pages pages) {
        Inspection.of(pages.open("/docs"), "docs");
        Inspection.of(pages.open("/docs/deployment-api-tokens"), "docs-page");
    }

    @Test
    void components(Pages pages) {
        Inspection.of(pages.open("/styleguide"), "styleguide");
    }

    private static void open(Page page, String link, String title) {
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(link))
                .first()
                .click();
        heading(page, title);
    }

    private static void heading(Page page, String title) {
        assertThat(page.getByRole(
                        AriaRole.HEADING,
                        new Page.GetByRoleOptions().setName(title).setExact(true)))
                .isVisible();
    }
}
