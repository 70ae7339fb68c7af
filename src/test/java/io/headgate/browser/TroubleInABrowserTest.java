package io.headgate.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.headgate.access.Caller;
import io.headgate.deployment.Deployment;
import io.headgate.deployment.DeploymentStatus;
import io.headgate.deployment.DesiredAirflow;
import io.headgate.identity.Attempt;
import io.headgate.identity.SignIn;
import io.headgate.kernel.SecretText;
import io.headgate.testing.TestControlPlane;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What happens meanwhile: a session ends, a connection is lost, a Deployment comes up.
@QuarkusTest
@BrowserTest
class TroubleInABrowserTest {
    private static final Caller.Origin ELSEWHERE = new Caller.Origin("r", "192.0.2.7", "another browser");

    @Inject
    TestControlPlane world;

    private Owner owner;
    private Deployment deployment;

    @BeforeEach
    void aDeploymentOfItsOwn() {
        owner = Owner.of(world);
        deployment = world.healthy("trouble " + world.controlPlane().ids().auditEvent());
    }

    @Test
    void whatWasTypedInADialogSurvivesTheEndOfTheSession(Pages pages) {
        Visit visit = owner.at(pages, "/deployments/" + deployment.id() + "/api-tokens");
        Page page = visit.page();
        link(page, "+ API Token").click();
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        dialog.getByLabel("Name").fill("typed before");
        signedOutEverywhere();
        visit.expectWrong("401");
        button(page, "Create API token").click();

        assertThat(page.getByText("nothing that you typed is lost")).isVisible();
        owner.fillIn(page);
        button(page, "Send it now").click();

        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("API token typed before")))
                .isVisible();
    }

    @Test
    void aLostConnectionIsSaidAndComesBackByItself(Pages pages) {
        Visit visit = owner.at(pages, "/deployments/" + deployment.id() + "/api-tokens");
        Page page = visit.page();
        assertThat(page.locator("#lost")).isHidden();
        visit.expectWrong("ERR_INTERNET_DISCONNECTED");
        visit.expectWrong("htmx:sendError");
        visit.expectWrong("htmx:afterRequest");
        visit.context().setOffline(true);
        link(page, "+ API Token").click();
        assertThat(page.getByText("Reconnecting…")).isVisible();
        visit.context().setOffline(false);
        link(page, "+ API Token").click();

        assertThat(page.getByRole(AriaRole.DIALOG)).isVisible();
        assertThat(page.locator("#lost")).isHidden();
    }

    @Test
    void aDeploymentIsWatchedComingUp(Pages pages) {
        Deployment fresh =
                world.deployment("fresh " + world.controlPlane().ids().auditEvent());
        seen(fresh, DeploymentStatus.CREATING, "preparing its database");
        Page page = owner.at(pages, "/deployments/" + fresh.id()).page();
        assertThat(page.getByText("Preparing its database").first()).isVisible();

        seen(fresh, DeploymentStatus.CREATING, "making Airflow's tables (3 s so far)");
        assertThat(page.locator("[data-stream]").getByText("Making Airflow's tables"))
                .isVisible();
        assertThat(page.getByRole(AriaRole.LISTITEM).filter(new Locator.FilterOptions().setHasText("database")))
                .isVisible();
        seen(fresh, DeploymentStatus.HEALTHY, "");

        assertThat(page.getByText("Healthy")).isVisible();
        assertThat(page.locator("[data-stream]")).hasCount(0);
    }

    private void seen(Deployment fresh, DeploymentStatus status, String reason) {
        DesiredAirflow airflow =
                world.controlPlane().lifecycle().present(fresh.id()).orElseThrow();
        world.controlPlane().lifecycle().observed(airflow, status, reason, Optional.empty(), Optional.empty());
    }

    private void signedOutEverywhere() {
        SignIn.Done done = (SignIn.Done) world.controlPlane()
                .identity()
                .sessions()
                .signIn(new Attempt(owner.email(), new SecretText(Owner.PASSWORD), ELSEWHERE));
        world.controlPlane()
                .identity()
                .sessions()
                .list(done.session())
                .forEach(session -> world.controlPlane().identity().sessions().signOut(session, ELSEWHERE));
        assertThat(world.controlPlane().identity().sessions().list(done.session()))
                .isEmpty();
    }

    private static Locator link(Page page, String name) {
        return page.getByRole(
                        AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true))
                .first();
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }
}
