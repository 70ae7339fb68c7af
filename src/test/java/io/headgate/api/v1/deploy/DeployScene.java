package io.headgate.api.v1.deploy;

import io.headgate.api.Answer;
import io.headgate.api.TestApi;
import io.headgate.deployment.Deployment;
import io.headgate.testing.Tars;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.OptionalInt;

/// A healthy Deployment of its own, with a token, and the requests that a pipeline makes.
public final class DeployScene {
    private final TestApi api;
    private final Deployment place;
    private final String token;

    public DeployScene(TestApi api) {
        this.api = api;
        this.place = api.behind().healthy(api.unique("deploys"));
        this.token = api.behind()
                .token(place.id(), "ci", OptionalInt.empty())
                .value()
                .reveal();
    }

    public Deployment place() {
        return place;
    }

    public String token() {
        return token;
    }

    public String path(String rest) {
        return api.organization("/deployments/" + place.id() + "/deploys" + rest);
    }

    public Answer create() {
        return api.post(token, path(""), "{\"type\": \"DAG_ONLY\", \"description\": \"first\"}");
    }

    public Answer put(String url, byte[] archive) {
        return api.send(api.request(pathOf(url)).PUT(HttpRequest.BodyPublishers.ofByteArray(archive)));
    }

    /// Path and query of an absolute URL: the server of a test listens on a port of its own.
    public static String pathOf(String url) {
        URI uri = URI.create(url);
        return uri.getRawPath() + "?" + uri.getRawQuery();
    }

    /// Created and uploaded; its id.
    public String pushed(String text) {
        Answer created = create();
        Answer stored = put(created.member("dagsUploadUrl"), Tars.project(text));
        if (stored.status() != 201) {
            throw new AssertionError(stored.text());
        }
        return created.member("id");
    }

    public Answer finish(String id, String body) {
        return api.post(token, path("/" + id + "/finalize"), body);
    }

    /// Pushed, finalized and live; its id.
    public String deployed(String text) {
        String id = pushed(text);
        Answer answer = finish(id, "{}");
        if (answer.status() != 200) {
            throw new AssertionError(answer.text());
        }
        return id;
    }

    public Answer view(String id) {
        return api.get(token, path("/" + id));
    }
}
