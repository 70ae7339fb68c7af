package io.headgate.browser;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.AxeResults;
import com.deque.html.axecore.results.CheckedNode;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Page;
import java.util.List;

/// Looks for what keeps people out of a page: WCAG 2.2 A and AA as far as axe can tell, with nothing left out.
public final class Axe {
    private static final List<String> TAGS = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");

    private Axe() {}

    /// Of the page as it stands, open dialogs included. Axe needs JavaScript, but no leave of the policy.
    public static void assertNoViolations(Page page) {
        List<String> violations = violations(page);
        if (!violations.isEmpty()) {
            throw new AssertionError("not accessible: " + page.url() + "\n" + String.join("\n", violations));
        }
    }

    static List<String> violations(Page page) {
        Look.assertWithJavaScript(page);
        // a dialog that is fading in has other colours than the one that people read; what is still to begin has not
        page.waitForFunction("""
                () => document.getAnimations().every(each =>
                  each.playState !== 'running' || each.effect.getComputedTiming().progress === null)""");
        // Legacy mode runs in this page alone; the other would open a second one. Pages have no frames.
        AxeResults results =
                new AxeBuilder(page).withTags(TAGS).setLegacyMode(true).analyze();
        if (results.isErrored()) {
            // it would look like a page without violations
            throw new AssertionError("axe did not run: " + results.getErrorMessage());
        }
        if (results.getPasses().isEmpty()) {
            throw new AssertionError("axe found nothing to look at on " + page.url());
        }
        return results.getViolations().stream().map(Axe::described).toList();
    }

    private static String described(Rule rule) {
        StringBuilder text = new StringBuilder(rule.getId() + ": " + rule.getHelp());
        for (CheckedNode node : rule.getNodes()) {
            text.append("\n  ").append(node.getTarget()).append("  ").append(node.getHtml());
            text.append("\n    ").append(node.getFailureSummary().strip().replace("\n", "\n    "));
        }
        return text.toString();
    }
}
