package io.headgate.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The browser of the machine. Nothing is downloaded, and everything it writes lies under `target`.
final class Chromium {
    static final String ABSENT =
            "no Chromium on this machine: install the package chromium, or set HEADGATE_CHROMIUM to one";
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");
    private static final Path FOLDER = Path.of("target", "browser").toAbsolutePath();

    private Chromium() {}

    /// What `HEADGATE_CHROMIUM` names, even if it does not exist, or else the first on the `PATH`.
    static Optional<Path> find(Map<String, String> environment) {
        String named = environment.getOrDefault("HEADGATE_CHROMIUM", "");
        if (!named.isEmpty()) {
            return Optional.of(Path.of(named));
        }
        List<String> folders = List.of(environment.getOrDefault("PATH", "").split(":"));
        return NAMES.stream()
                .flatMap(name -> folders.stream().map(folder -> Path.of(folder, name)))
                .filter(program -> Files.isRegularFile(program) && Files.isExecutable(program))
                .findFirst();
    }

    /// Elsewhere a skipped test is seen by the person who runs it; in continuous integration nobody would see it.
    static boolean mayBeAbsent(Map<String, String> environment) {
        return !"true".equals(environment.get("CI"));
    }

    static AssertionError absent() {
        return new AssertionError(ABSENT);
    }

    /// Unpacks Playwright's driver and starts it; both are gone with this JVM.
    static Playwright driver() {
        System.setProperty("playwright.driver.tmpdir", made("driver").toString());
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        environment.put("TMPDIR", made("profiles").toString());
        // how long a page takes is measured elsewhere
        PlaywrightAssertions.setDefaultAssertionTimeout(30_000);
        return Playwright.create(new Playwright.CreateOptions().setEnv(environment));
    }

    static Browser launch(Playwright playwright, Path program) {
        return playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(program)
                        .setEnv(environment())
                        // Chromium refuses to sandbox itself when root runs it
                        .setChromiumSandbox(!weAreRoot())
                        .setArgs(List.of(
                                "--disable-gpu",
                                "--disable-quic",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync",
                                // no test depends on, or tells anything to, another machine
                                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost,"
                                        + " EXCLUDE *.localhost")));
    }

    /// Accounts of services may have no home that can be written to, without which Chromium does not start.
    private static Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(System.getenv());
        String home = made("home").toString();
        environment.put("HOME", home);
        environment.put("XDG_CONFIG_HOME", home);
        environment.put("XDG_CACHE_HOME", home);
        return environment;
    }

    private static Path made(String name) {
        try {
            return Files.createDirectories(FOLDER.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean weAreRoot() {
        try {
            return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
