package io.headgate.ui;

import io.headgate.access.Role;
import io.headgate.api.Answer;
import io.headgate.api.TestApi;
import io.headgate.identity.User;
import io.headgate.kernel.SecretText;
import io.headgate.launch.ControlPlane;
import io.headgate.testing.TestControlPlane;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A browser without scripts: asks for pages, sends forms as one does, and keeps the cookie of its session.
public final class Browser {
    /// Where the control plane of the tests says it is.
    public static final String HERE = "http://localhost:8888";

    public static final String PASSWORD = "orbit lantern maple seventy";

    private static final String ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    private static final String COOKIE = "headgate-8888";
    private static final Pattern HIDDEN =
            Pattern.compile("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\">");

    private final TestApi api;
    private final Optional<User> user;
    private String cookie = "";

    private Browser(TestApi api, Optional<User> user) {
        this.api = api;
        this.user = user;
    }

    /// Of nobody.
    public static Browser of(TestApi api) {
        return new Browser(api, Optional.empty());
    }

    /// Of an owner of the Organization, signed in.
    public static Browser ofOwner(TestApi api) {
        return with(api, Role.ORGANIZATION_OWNER);
    }

    /// Of somebody who holds a role on the whole Organization, signed in; one of a Workspace is held on every Workspace
    /// then.
    public static Browser with(TestApi api, Role role) {
        Browser browser = new Browser(api, Optional.of(person(api.behind(), role)));
        Answer answer = browser.signIn();
        if (answer.status() != 303) {
            throw new AssertionError("cannot sign in: " + answer.status() + "\n" + answer.text());
        }
        return browser;
    }

    /// A person of their own with a password.
    public static User person(TestControlPlane world, Role role) {
        ControlPlane controlPlane = world.controlPlane();
        User user = new User(
                controlPlane.ids().user(),
                world.organizationId(),
                "person-" + controlPlane.ids().auditEvent() + "@example.com",
                "Grace",
                role);
        controlPlane.transactions().useTransaction(tx -> controlPlane.users().add(tx, user, Optional.empty()));
        controlPlane.identity().passwords().set(world.owner(), user.email(), new SecretText(PASSWORD));
        return user;
    }

    /// Signs in again in the same browser.
    public Answer signIn() {
        return send("/sign-in", Map.of("email", email(), "password", PASSWORD), HERE);
    }

    public User user() {
        return user.orElseThrow();
    }

    public String email() {
        return user().email();
    }

    /// `name=value`; empty for nobody.
    public String cookie() {
        return cookie;
    }

    /// The same browser after its session has ended.
    public Browser signedOut() {
        return new Browser(api, user);
    }

    public Answer get(String path) {
        return kept(api.send(request(path).GET()));
    }

    /// A request of this browser, to be sent in another way.
    public HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = api.request(path).header("Accept", ACCEPT);
        return cookie.isEmpty() ? request : request.header("Cookie", cookie);
    }

    /// What the forms of a page hold that nobody sees.
    public Map<String, String> hidden(String path) {
        return hidden(get(path));
    }

    public static Map<String, String> hidden(Answer page) {
        Map<String, String> fields = new HashMap<>();
        fields(page.text()).forEach(field -> fields.putIfAbsent(field.name(), field.value()));
        return fields;
    }

    /// Sends fields, as a page of ours does.
    public Answer post(String path, Map<String, String> fields) {
        return send(path, fields, HERE);
    }

    /// The same from a page of another origin.
    public Answer send(String path, Map<String, String> fields, String origin) {
        return send(
                path,
                fields.entrySet().stream()
                        .map(field -> new Field(field.getKey(), field.getValue()))
                        .toList(),
                origin);
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
        return new Filled(path, fields(page.text().substring(start, page.text().indexOf("</form>", start))));
    }

    /// A form that is being filled in.
    public final class Filled {
        private final String path;
        private final List<Field> fields;

        private Filled(String path, List<Field> hidden) {
            this.path = path;
            this.fields = new ArrayList<>(hidden);
        }

        public Filled with(String name, String value) {
            fields.add(new Field(name, value));
            return this;
        }

        public Answer send() {
            return Browser.this.send(path, fields, HERE);
        }

        /// Sends it with what another browser shows of itself.
        public Answer sendFrom(Browser other) {
            return other.send(path, fields, HERE);
        }
    }

    private record Field(String name, String value) {}

    private Answer send(String path, List<Field> fields, String origin) {
        String body = fields.stream()
                .map(field -> encoded(field.name()) + "=" + encoded(field.value()))
                .collect(Collectors.joining("&"));
        return kept(api.send(request(path)
                .header("Origin", origin)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body))));
    }

    private Answer kept(Answer answer) {
        answer.headers().allValues("Set-Cookie").stream()
                .filter(set -> set.startsWith(COOKIE))
                .findFirst()
                .ifPresent(set -> cookie = set.substring(0, set.indexOf(';')));
        return answer;
    }

    private static List<Field> fields(String html) {
        Matcher hidden = HIDDEN.matcher(html);
        List<Field> fields = new ArrayList<>();
        while (hidden.find()) {
            fields.add(new Field(hidden.group(1), plain(hidden.group(2))));
        }
        return fields;
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
