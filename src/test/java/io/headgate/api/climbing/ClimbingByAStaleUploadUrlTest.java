package io.headgate.api.climbing;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.api.Answer;
import io.headgate.api.TestApi;
import io.headgate.api.v1.deploy.DeployScene;
import io.headgate.deployment.BundleVersion;
import io.headgate.testing.Eventually;
import io.headgate.testing.Tars;
import io.headgate.token.IssuedToken;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Whoever kept an upload URL, and no more than that, wants code to run by it: after its token has ended,
/// after its time, after its deploy was finalized, and for a deploy that it is not for.
@QuarkusTest
class ClimbingByAStaleUploadUrlTest {
    private static final byte[] HOSTILE = Tars.project("hostile");

    @Inject
    TestApi api;

    /// Guards: `LiveTokens.refresh` – bytes are taken, but to finalize them needs a token that is alive;
    /// `UploadSignature.matches` – for this deploy until this time;
    /// `Uploads.admit` – not later;
    /// `Uploads.open` – not once it is finalized;
    /// `Deploys.inside` – and by its own Deployment only.
    @Test
    void nothingGoesLiveByAnUploadUrlAlone() throws Exception {
        DeployScene own = new DeployScene(api);
        DeployScene other = new DeployScene(api);
        IssuedToken ending = api.behind().token(own.place().id(), "ending", OptionalInt.empty());
        String path = api.organization("/tokens/" + ending.token().id());
        String value = ending.value().reveal();
        Answer created = api.post(value, own.path(""), "{\"type\": \"DAG_ONLY\"}");
        String id = created.member("id");
        String url = DeployScene.pathOf(created.member("dagsUploadUrl"));
        String finish = own.path("/" + id + "/finalize");
        Answer theirs = other.create();

        forgeries(url, id, theirs.member("id"))
                .forEach(forged ->
                        assertThat(own.put(forged, HOSTILE).status()).as(forged).isIn(400, 403, 404));
        assertThat(kept(own.view(id))).as("nothing was taken").isFalse();
        assertThat(kept(other.view(theirs.member("id")))).isFalse();

        // the token ends twice; its URL goes on taking bytes, and nothing comes of them
        String rotated = api.post(api.owner(), path + "/rotate").member("token");
        assertThat(own.put(url, HOSTILE).status()).isEqualTo(201);
        assertThat(api.post(value, finish, "{}").status()).isEqualTo(401);
        assertThat(api.delete(api.owner(), path).status()).isEqualTo(204);
        assertThat(own.put(url, HOSTILE).status()).isEqualTo(201);
        assertThat(api.post(rotated, finish, "{}").status()).isEqualTo(401);
        assertThat(api.post(other.token(), finish, "{}").status()).isEqualTo(404);
        assertThat(api.post(other.token(), other.path("/" + id + "/finalize"), "{}")
                        .status())
                .isEqualTo(404);
        assertThat(own.view(id).member("statusReason")).isEqualTo("Waits for an upload");
        assertThat(live(own)).isEmpty();
        assertThat(versions(own)).isEmpty();

        // control: a token that is alive finalizes; the last complete upload is what runs
        String good = own.put(url, Tars.project("fine")).header("x-ms-version-id");
        assertThat(own.finish(id, "{}").status()).isEqualTo(200);
        Eventually.holds("is live", () -> live(own).equals(good));

        // finalized: neither its own URL nor the blocks of one change what runs
        String sha = code(own, good);
        Stream.of(url, url + "&comp=block&blockid=YQ%3D%3D", url + "&comp=blocklist")
                .forEach(late ->
                        assertThat(own.put(late, HOSTILE).status()).as(late).isEqualTo(409));
        assertThat(own.finish(id, "{}").status()).as("to repeat it is harmless").isEqualTo(200);
        assertThat(live(own)).isEqualTo(good);
        assertThat(versions(own)).hasSize(1);
        assertThat(code(own, good)).isEqualTo(sha).isEqualTo("fine");

        // its time is over, and a longer one is not signed
        String late = DeployScene.pathOf(theirs.member("dagsUploadUrl"));
        assertThat(other.put(late, Tars.project("in time")).status())
                .as("control")
                .isEqualTo(201);
        api.behind().clock().advance(Duration.ofHours(4));
        assertThat(other.put(late, HOSTILE).status()).isEqualTo(403);
        assertThat(other.finish(theirs.member("id"), "{}").status()).isEqualTo(200);
        Eventually.holds("is live", () -> !live(other).isEmpty());
        assertThat(code(other, live(other))).isEqualTo("in time");
    }

    /// What becomes of a URL in hostile hands; all of it would be another deploy, a longer time or no signature.
    private static Stream<String> forgeries(String url, String id, String other) {
        String query = url.substring(url.indexOf('?'));
        return Stream.of(
                url.replace(id, other),
                url.replace(id, id.toUpperCase(Locale.ROOT)),
                "/uploads/" + id + "/../" + other + query,
                "/uploads/" + id + "%2F..%2F" + other + query,
                "/uploads/" + id + ";deployId=" + other + "x" + query.replace("sig=", "sig=A"),
                "/uploads/" + other + "/%2e%2e/" + other + query,
                url + "&deployId=" + other + "&sig=A",
                url.replace("exp=", "exp=9"),
                url.replace("exp=", "exp=1&exp="),
                url.substring(0, url.length() - 1),
                url.substring(0, url.indexOf("sig=") + 4),
                url.substring(0, url.indexOf("&sig=")),
                "/uploads/" + id);
    }

    private static boolean kept(Answer deploy) {
        return deploy.json().has("dagTarballVersion");
    }

    private String live(DeployScene scene) {
        return api.get(
                        api.owner(),
                        api.organization("/deployments/" + scene.place().id()))
                .json()
                .path("dagTarballVersion")
                .asText();
    }

    private Set<String> versions(DeployScene scene) {
        return api.behind().codeHost().kept(scene.place().id());
    }

    private String code(DeployScene scene, String version) throws Exception {
        return Files.readString(api.behind()
                .codeHost()
                .version(scene.place().id(), new BundleVersion(version))
                .resolve("dags/daily.py"));
    }
}
