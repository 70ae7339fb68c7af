package io.headgate.ui;

import io.headgate.api.Answer;
import io.headgate.api.TestApi;
import io.headgate.kernel.SecretText;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A browser without eyes: sends forms as one does, and keeps the cookie of its session.
public final class Browser {
    public static final String HERE = "http://localhost:8888";
    private static final String ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    private static final SecretText PASSWORD = new SecretText("orbit lantern maple seventy");
    private static final Pattern FIELD = Pattern.compile("name=\"(_form|_once)\" value=\"([^\"]+)\"");

    private final TestApi api;
    private String cookie = "";

    public Browser(TestApi api) {
        this.api = api;
    }

    /// Signed in as the owner of the Organization, whose other sessions end with it.
    public static Browser ofOwner(TestApi api) {
        api.behind().controlPlane().identity().passwords().set(api.behind().owner(), "ada@example.com", PASSWORD);
        Browser browser = new Browser(api);
        browser.signIn();
        return browser;
    }

    /// Signs in again in the same browser.
    public Answer signIn() {
        return send("/sign-in", Map.of("email", "ada@example.com", "password", PASSWORD.reveal()), HERE);
    }

    public String cookie() {
        return cookie;
    }

    public void forgetCookie() {
        cookie = "";
    }

    public Answer get(String path) {
        return kept(api.send(request(path).GET()));
    }

    /// Opens a page and sends the form on it, with its hidden fields and these.
    public Answer fill(String page, String action, Map<String, String> fields) {
        Map<String, String> all = hidden(get(page));
        all.putAll(fields);
        return send(action, all, HERE);
    }

    /// The hidden fields of the first form of a page that make it acceptable.
    public static Map<String, String> hidden(Answer page) {
        Map<String, String> fields = new HashMap<>();
        Matcher matcher = FIELD.matcher(page.text());
        while (matcher.find()) {
            fields.putIfAbsent(matcher.group(1), matcher.group(2));
        }
        return fields;
    }

    public Answer send(String path, Map<String, String> fields, String origin) {
        String body = fields.entrySet().stream()
                .map(field -> URLEncoder.encode(field.getKey(), StandardCharsets.UTF_8) + "="
                        + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return kept(api.send(request(path)
                .header("Origin", origin)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body))));
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = api.request(path).header("Accept", ACCEPT);
        return cookie.isEmpty() ? request : request.header("Cookie", cookie);
    }

    private Answer kept(Answer answer) {
        Optional.ofNullable(answer.headers().firstValue("Set-Cookie").orElse(null))
                .filter(set -> set.startsWith("headgate-8888"))
                .ifPresent(set -> cookie = set.substring(0, set.indexOf(';')));
        return answer;
    }
}
