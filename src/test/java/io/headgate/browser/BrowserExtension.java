package io.headgate.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Playwright;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Gives tests their `Pages`, over one browser for all of them, and asks after each test what went wrong in them.
final class BrowserExtension implements ExecutionCondition, ParameterResolver, AfterEachCallback {
    private static final Namespace NAMESPACE = Namespace.create("io.headgate.browser");

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        Optional<Path> chromium = Chromium.find(System.getenv());
        if (chromium.isEmpty() && Chromium.mayBeAbsent(System.getenv())) {
            // Surefire counts it, but keeps the reason to itself
            System.out.println("skipped: " + context.getDisplayName() + ", " + Chromium.ABSENT);
            return ConditionEvaluationResult.disabled(Chromium.ABSENT);
        }
        return ConditionEvaluationResult.enabled("there is Chromium, or its absence is a failure");
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType().equals(Pages.class);
    }

    @Override
    public Pages resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getStore(NAMESPACE).computeIfAbsent(Pages.class, _ -> new Pages(browser(context)), Pages.class);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Pages pages = context.getStore(NAMESPACE).get(Pages.class, Pages.class);
        if (pages == null) {
            return;
        }
        if (context.getExecutionException().isPresent()) {
            pages.keepPictures(context.getRequiredTestClass().getSimpleName() + "-"
                    + context.getRequiredTestMethod().getName());
        } else {
            pages.assertNothingWentWrong();
        }
    }

    /// The root's store is closed when all tests have run. Quarkus loads tests with other class loaders than plain
    /// JUnit does, but leaves Playwright to the one above both (`pom.xml`), so that they share what is kept here.
    /// Where it does not, as in an IDE, the class as the key gives each class loader a browser of its own.
    private static Browser browser(ExtensionContext context) {
        Store store = context.getRoot().getStore(NAMESPACE);
        Playwright playwright = store.computeIfAbsent(Playwright.class, _ -> Chromium.driver(), Playwright.class);
        return store.computeIfAbsent(
                Browser.class,
                _ -> Chromium.launch(playwright, Chromium.find(System.getenv()).orElseThrow(Chromium::absent)),
                Browser.class);
    }
}
