package io.headgate.ui;

import io.headgate.api.Answer;
import io.headgate.api.TestApi;
import io.headgate.kernel.SecretText;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A browser in which the owner is signed in, and which runs no script: it asks for pages and sends their forms.
public final class BrowserWithoutScripts {
    public static final String EMAIL = "ada@example.com";
    public static final String PASSWORD = "otter lamp velvet quarry";

    private static final String ORIGIN = "http://localhost:8888";
    private static final Pattern HIDDEN =
            Pattern.compile("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\">");

    private final TestApi api;
    private final String cookie;

    private BrowserWithoutScripts(TestApi api, String cookie) {
        this.api = api;
        this.cookie = cookie;
    }

    /// Ends every other session of the owner.
    public static BrowserWithoutScripts signedIn(TestApi api) {
        choosePassword(api);
        Answer answer = new BrowserWithoutScripts(api, "")
                .send("/sign-in", List.of(new Field("email", EMAIL), new Field("password", PASSWORD)));
        return new BrowserWithoutScripts(api, answer.header("Set-Cookie").split(";", 2)[0]);
    }

    /// The same browser after its session has ended.
    public BrowserWithoutScripts signedOut() {
        return new BrowserWithoutScripts(api, "");
    }

    public static void choosePassword(TestApi api) {
        api.behind().controlPlane().identity().passwords().set(api.behind().owner(), EMAIL, new SecretText(PASSWORD));
    }

    public Answer get(String path) {
        return api.send(request(path).GET());
    }

    /// The form of a page that is sent to that very address, with the fields that nobody sees.
    public Filled form(String path) {
        return form(path, get(path));
    }

    /// The same of a page that is there already.
    public Filled form(String path, Answer page) {
        int start = page.text().indexOf("<form method=\"post\" action=\"" + path + "\"");
        if (start < 0) {
            throw new AssertionError("no form for " + path + " in " + page.text());
        }
        Matcher hidden = HIDDEN.matcher(page.text().substring(start, page.text().indexOf("</form>", start)));
        List<Field> fields = new ArrayList<>();
        while (hidden.find()) {
            fields.add(new Field(hidden.group(1), plain(hidden.group(2))));
        }
        return new Filled(path, fields);
    }

    /// A form that is being filled in.
    public final class Filled {
        private final String path;
        private final List<Field> fields;

        private Filled(String path, List<Field> fields) {
            this.path = path;
            this.fields = fields;
        }

        public Filled with(String name, String value) {
            fields.add(new Field(name, value));
            return this;
        }

        public Answer send() {
            return BrowserWithoutScripts.this.send(path, fields);
        }

        /// Sends it with what another browser shows of itself.
        public Answer sendFrom(BrowserWithoutScripts other) {
            return other.send(path, fields);
        }
    }

    private record Field(String name, String value) {}

    private Answer send(String path, List<Field> fields) {
        String body = fields.stream()
                .map(field -> encoded(field.name()) + "=" + encoded(field.value()))
                .collect(Collectors.joining("&"));
        return api.send(request(path)
                .header("Origin", ORIGIN)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = api.request(path).header("Accept", "text/html");
        return cookie.isEmpty() ? request : request.header("Cookie", cookie);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String plain(String html) {
        return html.replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&");
    }
}
