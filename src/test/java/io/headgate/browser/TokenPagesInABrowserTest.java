package io.headgate.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.headgate.deployment.Deployment;
import io.headgate.kernel.PageRequest;
import io.headgate.testing.TestControlPlane;
import io.headgate.token.ApiToken;
import io.headgate.token.TokenFilter;
import io.headgate.token.TokenVerdict;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The five tasks of the source page, S14–S34, by the labels that it uses.
@QuarkusTest
@BrowserTest
class TokenPagesInABrowserTest {
    @Inject
    TestControlPlane world;

    private Owner owner;
    private Deployment deployment;
    private String tab;

    @BeforeEach
    void aDeploymentOfItsOwn() {
        owner = Owner.of(world);
        deployment = world.healthy("tokens " + world.controlPlane().ids().auditEvent());
        tab = "/deployments/" + deployment.id() + "/api-tokens";
    }

    /// S14: Workspace, Deployment, *API Tokens*; S15: *+ API Token*; S16–S20: the form, and the value once.
    @Test
    void aPersonCreatesATokenAndSeesItsValueOnce(Pages pages) {
        Visit visit = owner.at(pages, "/");
        Page page = visit.page();
        link(page, deployment.name()).click();
        link(page, "API Tokens").click();
        page.waitForURL("**/api-tokens");

        link(page, "+ API Token").click();
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        assertThat(button(dialog, "Create API token")).isDisabled();
        dialog.getByLabel("Name").fill("github-main");
        dialog.getByLabel("Description").fill("Deploys from the main branch");
        assertThat(dialog.getByLabel("Expiration in days")).hasValue("90");
        button(dialog, "Create API token").click();

        assertThat(dialog.getByRole(AriaRole.HEADING).first()).hasText("API token github-main");
        String value = dialog.getByLabel("Value").inputValue();
        assertThat(dialog.getByLabel("Value")).hasAttribute("type", "password");
        assertThat(accepted(value)).isTrue();
        assertThat(dialog).containsText("How to authenticate an automation tool");
        page.keyboard().press("Escape");
        page.keyboard().press("Escape");
        assertThat(dialog).isVisible();
        button(dialog, "Reveal").click();
        assertThat(dialog.getByLabel("Value")).hasAttribute("type", "text");
        assertThat(button(dialog, "Done")).isDisabled();
        dialog.getByLabel("I have stored this token").check();
        button(dialog, "Done").click();

        page.waitForURL("**/api-tokens?*");
        assertThat(row(page, "github-main")).containsText("Active");
        assertThat(row(page, "github-main")).containsText("…" + value.substring(value.length() - 4));
        assertThat(page.content()).doesNotContain(value);
        assertThat(tokens()).singleElement().satisfies(token -> {
            assertThat(token.description()).isEqualTo("Deploys from the main branch");
            assertThat(token.validity().periodInDays()).hasValue(90);
        });
    }

    /// S20: back, reload and a form that is sent again neither show nor make a second value.
    @Test
    void goingBackReloadingAndSendingAgainMakeNoSecondValue(Pages pages) {
        Visit visit = owner.at(pages, Look.usual().withoutJavaScript(), tab + "/new");
        Page page = visit.page();
        page.getByLabel("Name").fill("once");
        button(page, "Create API token").click();
        String value = page.locator("#token-value").inputValue();
        assertThat(accepted(value)).isTrue();

        page.reload();
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("This form was sent before")))
                .isVisible();
        page.goBack();
        button(page, "Create API token").click();

        assertThat(page.content()).doesNotContain(value);
        assertThat(tokens()).hasSize(1);
        page.navigate(page.url().replace("/new", ""));
        assertThat(page.content()).doesNotContain(value).contains("once");
    }

    /// S21–S23: *Edit*, *Save Changes*; the value is unaffected.
    @Test
    void aPersonRenamesATokenAndItsValueGoesOnWorking(Pages pages) {
        String value = world.token(deployment.id(), "nightly", OptionalInt.of(30))
                .value()
                .reveal();
        Page page = owner.at(pages, tab).page();

        link(page, "Edit nightly").click();
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        assertThat(button(dialog, "Save Changes")).isDisabled();
        dialog.getByLabel("Name").fill("nightly-etl");
        button(dialog, "Save Changes").click();

        assertThat(row(page, "nightly-etl")).isVisible();
        assertThat(page.getByText("Saved. The value works as before.")).isVisible();
        assertThat(accepted(value)).isTrue();
    }

    /// S28–S33: *Rotate token* asks once, says what stops, shows the new value once.
    @Test
    void aPersonRotatesATokenAndOnlyTheNewValueWorks(Pages pages) {
        String old = world.token(deployment.id(), "rotated", OptionalInt.of(30))
                .value()
                .reveal();
        Page page = owner.at(pages, tab).page();

        link(page, "Edit rotated").click();
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        link(dialog, "Rotate token").click();
        assertThat(dialog).containsText("stops working at that moment");
        button(dialog, "Cancel", AriaRole.LINK).click();
        assertThat(accepted(old)).as("nothing is done before the answer").isTrue();
        link(page, "Edit rotated").click();
        link(dialog, "Rotate token").click();
        button(dialog, "Rotate token").click();

        assertThat(dialog).containsText("Rotated. The old value stopped working at");
        String fresh = dialog.getByLabel("Value").inputValue();
        assertThat(accepted(old)).isFalse();
        assertThat(accepted(fresh)).isTrue();
        page.reload();
        assertThat(page.content()).doesNotContain(fresh);
        assertThat(accepted(fresh)).isTrue();
    }

    /// S24–S26: *Delete API Token*, type `Delete`, *Yes, Continue*; the warning knows the last use.
    @Test
    void aPersonDeletesATokenByTypingTheWord(Pages pages) {
        String value = world.token(deployment.id(), "old-jenkins", OptionalInt.empty())
                .value()
                .reveal();
        assertThat(accepted(value)).isTrue();
        Page page = owner.at(pages, tab).page();

        link(page, "Edit old-jenkins").click();
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        link(dialog, "Delete API Token").click();
        assertThat(dialog).containsText("CI/CD pipeline");
        assertThat(dialog).containsText("Last used");
        assertThat(button(dialog, "Yes, Continue")).isDisabled();
        dialog.getByLabel("Type Delete to confirm").fill("remove");
        assertThat(button(dialog, "Yes, Continue")).isDisabled();
        dialog.getByLabel("Type Delete to confirm").press("Enter");
        assertThat(accepted(value)).as("Enter does not send it before").isTrue();
        dialog.getByLabel("Type Delete to confirm").fill(" delete ");
        button(dialog, "Yes, Continue").click();

        assertThat(page.getByText("No API Tokens have been added yet.")).isVisible();
        assertThat(accepted(value)).isFalse();
        assertThat(tokens()).isEmpty();
    }

    @Test
    void withoutScriptsAllFiveTasksWork(Pages pages) {
        Page page = owner.at(pages, Look.usual().withoutJavaScript(), tab).page();
        link(page, "+ API Token").click();
        page.getByLabel("Name").fill("plain");
        page.getByLabel("Expiration in days").fill("7");
        button(page, "Create API token").click();
        String first = page.locator("#token-value").inputValue();
        page.getByLabel("I have stored this token").check();
        button(page, "Done").click();
        link(page, "Edit plain").click();
        page.getByLabel("Name").fill("plainer");
        button(page, "Save Changes").click();
        link(page, "Edit plainer").click();
        link(page, "Rotate token").click();
        button(page, "Rotate token").click();
        String second = page.locator("#token-value").inputValue();
        assertThat(accepted(first)).isFalse();
        assertThat(accepted(second)).isTrue();
        page.getByLabel("I have stored this token").check();
        button(page, "Done").click();
        link(page, "Edit plainer").click();
        link(page, "Delete API Token").click();
        page.getByLabel("Type Delete to confirm").fill("Delete");
        button(page, "Yes, Continue").click();

        assertThat(page.getByText("No API Tokens have been added yet.")).isVisible();
        assertThat(accepted(second)).isFalse();
    }

    @Test
    void whatIsWrongIsSaidAtTheFieldAndWhatWasTypedStays(Pages pages) {
        Visit visit = owner.at(pages, tab + "/new");
        Page page = visit.page();
        page.getByLabel("Name").fill("x".repeat(20));
        page.getByLabel("Description").fill("kept");
        page.getByLabel("Expiration in days").fill("0");
        visit.expectWrong("400");
        button(page, "Create API token").click();

        assertThat(page.getByRole(AriaRole.ALERT)).containsText("Expiration must be a whole number from 1 to 3650");
        assertThat(page.getByLabel("Description")).hasValue("kept");
        assertThat(tokens()).isEmpty();
    }

    /// One journey by keyboard alone.
    @Test
    void aTokenIsMadeByKeyboardAlone(Pages pages) {
        Visit visit = pages.open("/sign-in");
        Page page = visit.page();
        page.keyboard().type(owner.email());
        page.keyboard().press("Tab");
        page.keyboard().type(Owner.PASSWORD);
        page.keyboard().press("Enter");
        page.waitForURL("**/deployments");
        visit.go(tab);
        tabTo(page, "+ API Token");
        page.keyboard().press("Enter");
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        assertThat(dialog.getByLabel("Name")).isFocused();
        page.keyboard().type("by-keyboard");
        page.keyboard().press("Enter");
        assertThat(dialog.getByLabel("Value")).isVisible();
        tabTo(page, "I have stored this token");
        page.keyboard().press("Space");
        tabTo(page, "Done");
        page.keyboard().press("Enter");

        assertThat(row(page, "by-keyboard")).isVisible();
    }

    private static void tabTo(Page page, String label) {
        for (int i = 0; i < 40; i++) {
            page.keyboard().press("Tab");
            Object name = page.evaluate("""
                    () => {
                      const it = document.activeElement;
                      return (it.getAttribute('aria-label') || it.labels?.[0]?.textContent || it.textContent).trim();
                    }""");
            if (label.equals(name)) {
                return;
            }
        }
        throw new AssertionError("the keyboard does not reach " + label);
    }

    private boolean accepted(String value) {
        return world.controlPlane().liveTokens().check(value) instanceof TokenVerdict.Accepted;
    }

    private List<ApiToken> tokens() {
        return world.controlPlane()
                .apiTokens()
                .list(world.owner(), world.organizationId(), TokenFilter.of(deployment.id()), PageRequest.everything())
                .items();
    }

    private static Locator row(Page page, String name) {
        return page.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText(name));
    }

    private static Locator link(Page page, String name) {
        return page.getByRole(
                        AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true))
                .first();
    }

    private static Locator link(Locator within, String name) {
        return within.getByRole(
                AriaRole.LINK, new Locator.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator button(Locator within, String name) {
        return button(within, name, AriaRole.BUTTON);
    }

    private static Locator button(Locator within, String name, AriaRole role) {
        return within.getByRole(
                role, new Locator.GetByRoleOptions().setName(name).setExact(true));
    }
}
