package io.headgate.browser;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.headgate.api.TestApi;
import io.headgate.ui.BrowserWithoutScripts;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// Opens pages for the owner, who signs in as people do.
public final class SignedInPages {
    private final Pages pages;

    private SignedInPages(Pages pages) {
        this.pages = pages;
    }

    /// Ends every other session of the owner.
    public static SignedInPages of(TestApi api, Pages pages) {
        BrowserWithoutScripts.choosePassword(api);
        return new SignedInPages(pages);
    }

    public Visit open(Look look, String path) {
        Visit visit = pages.open(look, "/sign-in?next=" + URLEncoder.encode(path, StandardCharsets.UTF_8));
        Page page = visit.page();
        page.getByLabel("E-mail").fill(BrowserWithoutScripts.EMAIL);
        page.getByLabel("Password").fill(BrowserWithoutScripts.PASSWORD);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in"))
                .click();
        page.waitForURL("**" + path);
        return visit;
    }
}
