package io.headgate.ui;

import io.headgate.access.Role;
import io.headgate.api.Answer;
import io.headgate.api.TestApi;
import io.headgate.identity.User;
import io.headgate.kernel.SecretText;
import io.headgate.launch.ControlPlane;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A person of their own, signed in over HTTP as a browser would be.
public final class SignedInBrowser {
    /// Where the control plane of the tests says it is.
    private static final String ORIGIN = "http://localhost:8888";

    private static final String PASSWORD = "seven lamps over the weir";
    private static final Pattern FIELD = Pattern.compile("name=\"(_form|_once)\" value=\"([^\"]*)\"");

    private final TestApi api;
    private final String cookie;
    private final User user;

    private SignedInBrowser(TestApi api, User user) {
        this.api = api;
        this.user = user;
        Answer answer = api.send(form("/sign-in", Map.of("email", user.email(), "password", PASSWORD)));
        List<String> cookies = answer.headers().allValues("Set-Cookie");
        if (answer.status() != 303 || cookies.isEmpty()) {
            throw new AssertionError("cannot sign in: " + answer.status() + "\n" + answer.text());
        }
        this.cookie = cookies.getFirst().split(";", 2)[0];
    }

    /// Who may everything.
    public static SignedInBrowser owner(TestApi api) {
        return with(api, Role.ORGANIZATION_OWNER);
    }

    /// Who holds a role on the whole Organization; one of a Workspace is held on every Workspace then.
    public static SignedInBrowser with(TestApi api, Role role) {
        ControlPlane controlPlane = api.behind().controlPlane();
        User user = new User(
                controlPlane.ids().user(),
                api.behind().organizationId(),
                "person-" + controlPlane.ids().auditEvent() + "@example.com",
                "Grace",
                role);
        controlPlane.transactions().useTransaction(tx -> controlPlane.users().add(tx, user, Optional.empty()));
        controlPlane.identity().passwords().set(api.behind().owner(), user.email(), new SecretText(PASSWORD));
        return new SignedInBrowser(api, user);
    }

    public User user() {
        return user;
    }

    /// `name=value`, for a browser with a window.
    public String cookie() {
        return cookie;
    }

    public Answer get(String path) {
        return api.send(request(path).GET());
    }

    /// A request of this browser, to be sent in another way.
    public HttpRequest.Builder request(String path) {
        return api.request(path).header("Cookie", cookie).header("Accept", "text/html");
    }

    /// What a form holds that nobody sees.
    public Map<String, String> hidden(String path) {
        Map<String, String> fields = new HashMap<>();
        Matcher matcher = FIELD.matcher(get(path).text());
        while (matcher.find()) {
            fields.put(matcher.group(1), matcher.group(2));
        }
        return fields;
    }

    public Answer post(String path, Map<String, String> fields) {
        return api.send(form(path, fields).header("Cookie", cookie).header("Accept", "text/html"));
    }

    private HttpRequest.Builder form(String path, Map<String, String> fields) {
        String body = fields.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        return api.request(path)
                .header("Origin", ORIGIN)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
