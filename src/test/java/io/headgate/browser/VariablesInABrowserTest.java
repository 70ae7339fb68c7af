package io.headgate.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.headgate.api.TestApi;
import io.headgate.deployment.Deployment;
import io.headgate.deployment.DeploymentChange;
import io.headgate.deployment.variable.WantedVariable;
import io.headgate.kernel.SecretText;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Variables and details of a Deployment, as people use them.
@QuarkusTest
@BrowserTest
class VariablesInABrowserTest {
    @Inject
    TestApi api;

    private Deployment deployment;
    private String variables;
    private String details;

    @BeforeEach
    void store() {
        deployment = api.healthy("quickstart");
        variables = "/deployments/" + deployment.id() + "/variables";
        details = "/deployments/" + deployment.id() + "/details";
        api.behind()
                .controlPlane()
                .deployments()
                .update(
                        api.behind().owner(),
                        api.behind().organizationId(),
                        deployment.id(),
                        DeploymentChange.none()
                                .withVariables(List.of(
                                        variable("AIRFLOW__CORE__PARALLELISM", "16", false),
                                        variable(
                                                "AIRFLOW_CONN_WAREHOUSE",
                                                "postgresql://loader@warehouse.example.com:5432/analytics"
                                                        + "?sslmode=verify-full&application_name=headgate",
                                                false),
                                        variable("A_KEY_" + "THAT_IS_LONG_".repeat(8), "short", false),
                                        variable("PROFILE", "{\n  \"region\": \"eu\",\n  \"retries\": 3\n}", false),
                                        variable("ROUTES", "route;".repeat(90), false),
                                        variable("WAREHOUSE_PASSWORD", "not to be seen", true))));
        api.behind().runtime().run(deployment.id());
    }

    @Test
    void areAddedChangedAndRemoved(Pages pages) {
        Page page = Owner.of(api.behind()).at(pages, Look.usual(), variables).page();

        link(page, "Edit Variables").click();
        Locator dialog = page.locator("dialog");
        Locator save = button(dialog, "Update Environment Variables");
        assertThat(save).isDisabled();
        button(dialog, "Remove AIRFLOW__CORE__PARALLELISM").click();
        button(dialog, "Add Variable").click();
        assertThat(save).isDisabled();
        dialog.getByLabel("Key").last().fill("GREETING");
        dialog.getByLabel("Value").last().fill("hello");
        dialog.getByLabel("Secret?").last().check();
        dialog.getByLabel("Value").nth(0).fill("changed");
        save.click();

        page.waitForURL("**" + variables + "*");
        assertThat(page.getByText("Saved. Tasks that start from now on have the new values"))
                .isVisible();
        assertThat(page.getByText("6 variables")).isVisible();
        Locator table = page.getByRole(AriaRole.TABLE);
        assertThat(table).containsText("GREETING");
        assertThat(table).containsText("changed");
        assertThat(table).not().containsText("PARALLELISM");
        assertThat(table).not().containsText("hello");
    }

    @Test
    void askBeforeWhatWasTypedIsLost(Pages pages) {
        Page page = Owner.of(api.behind()).at(pages, Look.usual(), variables).page();
        List<String> asked = new ArrayList<>();
        Consumer<Dialog> stay = question -> {
            asked.add(question.message());
            question.dismiss();
        };
        page.onDialog(stay);

        link(page, "Edit Variables").click();
        Locator dialog = page.locator("dialog");
        link(dialog, "Cancel").click();
        assertThat(dialog).isHidden();
        assertThat(asked).as("control: nothing was typed").isEmpty();

        link(page, "Edit Variables").click();
        dialog.getByLabel("Value").first().fill("typed");
        link(dialog, "Cancel").click();
        assertThat(dialog).isVisible();
        page.keyboard().press("Escape");
        assertThat(dialog).isVisible();
        assertThat(asked).hasSize(2).allSatisfy(words -> assertThat(words).contains("Leave without saving?"));

        page.offDialog(stay);
        page.onDialog(Dialog::accept);
        link(dialog, "Cancel").click();
        assertThat(dialog).isHidden();
    }

    @Test
    void tellOfAReservedKeyAtItsRow(Pages pages) {
        Visit visit = Owner.of(api.behind()).at(pages, Look.usual(), variables);
        visit.expectWrong("answered 400");
        visit.expectWrong("status of 400");
        Page page = visit.page();
        link(page, "Edit Variables").click();
        Locator dialog = page.locator("dialog");
        button(dialog, "Add Variable").click();
        dialog.getByLabel("Key").last().fill("PYTHONPATH");
        dialog.getByLabel("Value").last().fill("/opt/lib");
        button(dialog, "Update Environment Variables").click();

        assertThat(dialog.locator(".field-error")).containsText("Key is reserved, given 'PYTHONPATH'");
        assertThat(dialog.getByLabel("Value").last()).hasValue("/opt/lib");
        assertThat(button(dialog, "Update Environment Variables")).isEnabled();
        Axe.assertNoViolations(page);
        Screenshots.of(page, "variables-refused");
    }

    @Test
    void takeSeveralLinesForASecret(Pages pages) {
        Page page = Owner.of(api.behind()).at(pages, Look.usual(), variables).page();
        link(page, "Edit Variables").click();
        Locator field = page.locator("dialog input[type=password]");
        String id = String.valueOf(field.getAttribute("id"));

        field.evaluate("""
                field => {
                  const data = new DataTransfer();
                  data.setData('text', 'BEGIN\\nkey\\nEND\\n');
                  field.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
                }""");

        Locator area = page.locator("dialog #" + id);
        assertThat(area).hasValue("BEGIN\nkey\nEND\n");
        assertThat(area).hasCSS("-webkit-text-security", "disc");
    }

    @Test
    void keepNobodyOut(Pages pages) {
        Owner owner = Owner.of(api.behind());
        Look light = Look.usual();
        for (Look look :
                List.of(light, light.narrow(), light.dark(), light.dark().narrow())) {
            Page page = owner.at(pages, look, variables).page();
            Axe.assertNoViolations(page);
            link(page, "Edit Variables").click();
            assertThat(page.locator("dialog")).isVisible();
            Axe.assertNoViolations(page);
            page.navigate(page.url().replace("/variables", "/details"));
            Axe.assertNoViolations(page);
            page.locator(".box-head a").first().click();
            assertThat(page.locator("dialog")).isVisible();
            Axe.assertNoViolations(page);
        }
    }

    @Test
    void doNotScrollSideways(Pages pages) {
        Owner owner = Owner.of(api.behind());
        for (String path : List.of(variables, variables + "/edit", details, details + "/edit")) {
            Overflow.assertNone(owner.at(pages, Look.usual(), path).page());
        }
    }

    @Test
    void arePictured(Pages pages) {
        Page page = Owner.of(api.behind()).at(pages, Look.usual(), variables).page();
        assertThat(Screenshots.of(page, "variables")).hasSize(4);
        link(page, "Edit Variables").click();
        button(page.locator("dialog"), "Add Variable").click();
        assertThat(Screenshots.of(page, "variables-editor")).hasSize(4);
    }

    @Test
    void detailsArePictured(Pages pages) {
        Page page = Owner.of(api.behind()).at(pages, Look.usual(), details).page();
        Screenshots.of(page, "details");
        page.getByText("Show the file").click();
        Screenshots.of(page, "details-file");
        page.navigate(page.url());
        page.locator(".box-head a").first().click();
        button(page.locator("dialog"), "Add Queue").click();
        Screenshots.of(page, "details-editor");
    }

    @Test
    void settingsAreChanged(Pages pages) {
        Page page = Owner.of(api.behind()).at(pages, Look.usual(), details).page();
        page.locator(".box-head a").first().click();
        Locator dialog = page.locator("dialog");
        dialog.getByLabel("Description").fill("Loads the warehouse");
        dialog.getByLabel("CI/CD enforcement").check();
        button(dialog, "Update Deployment").click();

        page.waitForURL("**" + details + "*");
        assertThat(page.locator("main")).containsText("Loads the warehouse");
        assertThat(page.locator("main")).containsText("On: code comes from API tokens only");
    }

    @Test
    void areChangedWithoutJavaScript(Pages pages) {
        Page page = Owner.of(api.behind())
                .at(pages, Look.usual().withoutJavaScript(), variables)
                .page();
        link(page, "Edit Variables").click();
        Screenshots.asItIs(page, "variables-without-scripts");
        page.locator("input[name=remove]").first().check();
        Locator spare = page.locator("noscript .entries");
        spare.getByLabel("Key").first().fill("BY_HAND");
        spare.getByLabel("Value").first().fill("typed");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Update Environment Variables"))
                .click();

        assertThat(page.getByText("6 variables")).isVisible();
        assertThat(page.getByRole(AriaRole.TABLE)).containsText("BY_HAND");
    }

    private static Locator link(Page page, String name) {
        return page.getByRole(
                AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator link(Locator part, String name) {
        return part.getByRole(
                AriaRole.LINK, new Locator.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator button(Locator part, String name) {
        return part.getByRole(
                AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
    }

    private static WantedVariable variable(String key, String value, boolean secret) {
        return new WantedVariable(key, Optional.of(new SecretText(value)), secret);
    }
}
