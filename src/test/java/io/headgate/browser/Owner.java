package io.headgate.browser;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.headgate.kernel.SecretText;
import io.headgate.testing.TestControlPlane;

/// The owner of the test's Organization, as somebody who signs in with a password.
final class Owner {
    static final String PASSWORD = "orbit lantern maple seventy";

    private final TestControlPlane world;

    Owner(TestControlPlane world) {
        this.world = world;
    }

    /// Gives the owner a password; whoever was signed in as them is not any more.
    Owner withPassword() {
        world.controlPlane().identity().passwords().set(world.owner(), "ada@example.com", new SecretText(PASSWORD));
        return this;
    }

    /// Signs in through the form, and goes to a page.
    Visit at(Pages pages, Look look, String path) {
        Visit visit = pages.open(look, "/sign-in");
        signIn(visit.page());
        return visit.go(path);
    }

    Visit at(Pages pages, String path) {
        return at(pages, Look.usual(), path);
    }

    static void signIn(Page page) {
        fillIn(page);
        page.waitForURL(url -> !url.contains("/sign-in"));
    }

    static void fillIn(Page page) {
        page.getByLabel("E-mail").fill("ada@example.com");
        page.getByLabel("Password").fill(PASSWORD);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in"))
                .click();
    }
}
