package io.headgate.browser;

import static java.util.Objects.requireNonNull;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import java.time.Duration;
import java.util.Map;

/// What a page cost: when something was seen first, what was sent for it, and how long its slowest interaction took.
public record PageFigures(
        Duration firstContentfulPaint, Sent document, Sent styles, Sent scripts, Duration longestInteraction) {

    /// Bytes over the wire, headers included and nothing if they came from the cache, and what they unpack to.
    public record Sent(long transferred, long decoded) {}

    /// Interactions faster than 16 milliseconds, the least that browsers report, count as nothing.
    static final String WATCH_INTERACTIONS = """
            (() => {
              window.headgateLongestInteraction = 0;
              new PerformanceObserver(list => {
                for (const e of list.getEntries().filter(e => e.interactionId)) {
                  window.headgateLongestInteraction = Math.max(window.headgateLongestInteraction, e.duration);
                }
              }).observe({type: 'event', durationThreshold: 16, buffered: true});
            })()""";

    /// Waits for two frames, because a page that has loaded may not have been painted, nor an interaction told of.
    private static final String READ = """
            async () => {
              const frame = () => new Promise(resolve => requestAnimationFrame(resolve));
              await frame();
              await frame();
              const of = entries => ({
                transferred: entries.reduce((sum, e) => sum + e.transferSize, 0),
                decoded: entries.reduce((sum, e) => sum + e.decodedBodySize, 0)});
              const named = ending => performance.getEntriesByType('resource')
                .filter(e => new URL(e.name).pathname.endsWith(ending));
              return {
                paint: performance.getEntriesByName('first-contentful-paint').map(e => e.startTime)[0] ?? -1,
                document: of(performance.getEntriesByType('navigation')),
                styles: of(named('.css')),
                scripts: of(named('.js')),
                interaction: window.headgateLongestInteraction};
            }""";

    /// Of a page that has loaded, with JavaScript.
    public static PageFigures of(Page page) {
        Look.assertWithJavaScript(page);
        Map<?, ?> read = (Map<?, ?>) page.evaluate(READ);
        if (number(read, "paint") < 0) {
            throw new PlaywrightException("nothing was painted yet on " + page.url());
        }
        return new PageFigures(
                millis(read, "paint"),
                sent(read, "document"),
                sent(read, "styles"),
                sent(read, "scripts"),
                millis(read, "interaction"));
    }

    private static Sent sent(Map<?, ?> read, String name) {
        Map<?, ?> sizes = (Map<?, ?>) requireNonNull(read.get(name));
        return new Sent((long) number(sizes, "transferred"), (long) number(sizes, "decoded"));
    }

    private static Duration millis(Map<?, ?> read, String name) {
        return Duration.ofNanos((long) (number(read, name) * 1_000_000));
    }

    private static double number(Map<?, ?> read, String name) {
        return ((Number) requireNonNull(read.get(name))).doubleValue();
    }
}
