package io.headgate.browser;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ScreenshotAnimations;
import com.microsoft.playwright.options.ViewportSize;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Pictures of whole pages for people to look at, in `target/screenshots`.
public final class Screenshots {
    private static final Path FOLDER = Path.of("target", "screenshots").toAbsolutePath();

    private Screenshots() {}

    /// `NAME-{light,dark}-{1280,420}.png` of the page as it stands, which looks afterwards as it did.
    public static List<Path> of(Page page, String name) {
        ViewportSize size = page.viewportSize();
        ColorScheme scheme = scheme(page);
        List<Path> taken = new ArrayList<>();
        for (ColorScheme each : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(each));
            for (int width : List.of(Look.WIDE, Look.NARROW)) {
                page.setViewportSize(width, Look.HEIGHT);
                taken.add(asItIs(page, name + "-" + each.name().toLowerCase(Locale.ROOT) + "-" + width));
            }
        }
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
        page.setViewportSize(size.width, size.height);
        return taken;
    }

    static Path asItIs(Page page, String name) {
        Path file = FOLDER.resolve(name + ".png");
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(file)
                .setFullPage(true)
                .setAnimations(ScreenshotAnimations.DISABLED));
        return file;
    }

    private static ColorScheme scheme(Page page) {
        return Boolean.TRUE.equals(page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches"))
                ? ColorScheme.DARK
                : ColorScheme.LIGHT;
    }
}
