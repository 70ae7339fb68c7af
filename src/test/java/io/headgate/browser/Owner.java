package io.headgate.browser;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.headgate.access.Role;
import io.headgate.testing.TestControlPlane;
import io.headgate.ui.Browser;

/// An owner of the test's Organization, who signs in as people do.
record Owner(String email, String password) {
    static final String PASSWORD = Browser.PASSWORD;

    /// A person of their own: nobody else's sessions end with theirs.
    static Owner of(TestControlPlane world) {
        return new Owner(Browser.person(world, Role.ORGANIZATION_OWNER).email(), PASSWORD);
    }

    /// Signs in, and goes to a page.
    Visit at(Pages pages, Look look, String path) {
        Visit visit = pages.open(look, "/sign-in");
        fillIn(visit.page());
        visit.page().waitForURL(url -> !url.contains("/sign-in"));
        return visit.go(path);
    }

    Visit at(Pages pages, String path) {
        return at(pages, Look.usual(), path);
    }

    void fillIn(Page page) {
        page.getByLabel("E-mail").fill(email);
        page.getByLabel("Password").fill(password);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in"))
                .click();
    }
}
