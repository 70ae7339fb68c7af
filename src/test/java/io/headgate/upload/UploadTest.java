package io.headgate.upload;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.api.Answer;
import io.headgate.api.TestApi;
import io.headgate.api.v1.deploy.DeployScene;
import io.headgate.testing.Tars;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `PUT /uploads/{deployId}`.
@QuarkusTest
class UploadTest {
    private static final int LIMIT = 8 << 20;

    @Inject
    TestApi api;

    @Nested
    class Answers201 {
        @Test
        void toAWholeArchiveWhateverTheOrderOfTheQuery() {
            DeployScene scene = new DeployScene(api);
            String url = scene.create().member("dagsUploadUrl");
            String reordered = DeployScene.pathOf(url).replaceAll("\\?(exp=\\d+)&(sig=[^&]+)", "?$2&timeout=30&$1");
            assertThat(reordered).contains("?sig=");

            Answer answer = api.send(api.request(reordered)
                    .header("x-ms-blob-type", "BlockBlob")
                    .header("Content-Type", "application/octet-stream")
                    .PUT(HttpRequest.BodyPublishers.ofByteArray(Tars.project("x"))));

            assertThat(answer.status()).isEqualTo(201);
            assertThat(answer.header("x-ms-version-id")).isNotEmpty();
            assertThat(answer.text()).isEmpty();
        }

        /// The last complete upload is the deploy's.
        @Test
        void againUntilItIsFinalized() {
            DeployScene scene = new DeployScene(api);
            Answer created = scene.create();
            String first = scene.put(created.member("dagsUploadUrl"), Tars.project("broken"))
                    .header("x-ms-version-id");
            String second = scene.put(created.member("dagsUploadUrl"), Tars.project("fine"))
                    .header("x-ms-version-id");

            assertThat(second).isNotEqualTo(first);
            assertThat(scene.finish(created.member("id"), "{\"dagTarballVersion\": \"" + first + "\"}")
                            .status())
                    .isEqualTo(400);
            assertThat(scene.finish(created.member("id"), "{}").status()).isEqualTo(200);
        }

        /// As the stock command line sends what is larger than a mebibyte; lists may come twice when an answer is lost.
        @Test
        void toBlocksAndAListOfThem() {
            DeployScene scene = new DeployScene(api);
            Answer created = scene.create();
            String path = DeployScene.pathOf(created.member("dagsUploadUrl"));
            byte[] archive = Tars.project("fine");
            int half = archive.length / 2;

            assertThat(block(path, "b", Arrays.copyOfRange(archive, half, archive.length)))
                    .isEqualTo(201);
            assertThat(block(path, "a", Arrays.copyOf(archive, half))).isEqualTo(201);
            assertThat(block(path, "never listed", new byte[10])).isEqualTo(201);
            Answer list = list(path, "a", "b");
            Answer again = list(path, "a", "b");

            assertThat(list.status()).isEqualTo(201);
            assertThat(list.header("x-ms-version-id")).isNotEmpty();
            assertThat(again.status()).isEqualTo(201);
            assertThat(scene.finish(
                                    created.member("id"),
                                    "{\"dagTarballVersion\": \"" + again.header("x-ms-version-id") + "\"}")
                            .status())
                    .isEqualTo(200);
        }

        @Test
        void toABodyOfUnknownLength() {
            DeployScene scene = new DeployScene(api);
            byte[] archive = Tars.project("fine");
            Answer answer =
                    api.send(api.request(DeployScene.pathOf(scene.create().member("dagsUploadUrl")))
                            .PUT(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(archive))));
            assertThat(answer.status()).isEqualTo(201);
        }
    }

    @Nested
    class Answers400 {
        @Test
        void toAListThatNamesUnknownBlocksOrIsNone() {
            DeployScene scene = new DeployScene(api);
            String path = DeployScene.pathOf(scene.create().member("dagsUploadUrl"));
            assertThat(block(path, "a", Tars.project("x"))).isEqualTo(201);

            Answer unknown = list(path, "a", "b");
            assertThat(unknown.status()).isEqualTo(400);
            assertThat(unknown.header("x-ms-error-code")).isEqualTo("InvalidBlockList");
            for (String body : List.of(
                    "",
                    "nonsense",
                    "<Blocks/>",
                    "<BlockList><Other>a</Other></BlockList>",
                    "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><BlockList><Latest>&e;</Latest></BlockList>")) {
                assertThat(put(path + "&comp=blocklist", body.getBytes(StandardCharsets.UTF_8))
                                .status())
                        .as(body)
                        .isEqualTo(400);
            }
            assertThat(list(path, "a").status()).isEqualTo(201);
        }

        @ParameterizedTest
        @CsvSource({"&comp=block", "&comp=page", "&comp=block&blockid=a&blockid=b"})
        void toAQueryThatMakesNoSense(String query) {
            DeployScene scene = new DeployScene(api);
            String path = DeployScene.pathOf(scene.create().member("dagsUploadUrl"));
            assertThat(put(path + query, new byte[1]).status()).isEqualTo(400);
        }
    }

    @Nested
    class Answers403 {
        /// One deploy only, unchanged, and for hours only.
        @Test
        void withoutItsOwnSignature() {
            DeployScene scene = new DeployScene(api);
            Answer created = scene.create();
            String path = DeployScene.pathOf(created.member("dagsUploadUrl"));
            String other = scene.create().member("id");
            byte[] archive = Tars.project("x");

            for (String wrong : List.of(
                    path.substring(0, path.indexOf('?')),
                    path.replace(created.member("id"), other),
                    path.replace("sig=", "sig=A"),
                    path.replace("exp=", "exp=9"),
                    path.replace("exp=", "until="))) {
                Answer answer = put(wrong, archive);
                assertThat(answer.status()).as(wrong).isEqualTo(403);
                assertThat(answer.header("x-ms-error-code")).isEqualTo("AuthenticationFailed");
                assertThat(answer.text()).contains("<Message>").doesNotContain("sig=");
            }
            assertThat(put(path, archive).status()).isEqualTo(201);
        }
    }

    @Nested
    class Answers409 {
        @Test
        void onceItIsFinalized() {
            DeployScene scene = new DeployScene(api);
            Answer created = scene.create();
            String path = DeployScene.pathOf(created.member("dagsUploadUrl"));
            assertThat(put(path, Tars.project("x")).status()).isEqualTo(201);
            assertThat(scene.finish(created.member("id"), "{}").status()).isEqualTo(200);

            Answer answer = put(path, Tars.project("y"));
            assertThat(answer.status()).isEqualTo(409);
            assertThat(answer.text()).contains("finalized");
        }
    }

    @Nested
    class Answers413 {
        @Test
        void toWhatIsTooLargeDeclaredOrNot() {
            DeployScene scene = new DeployScene(api);
            Answer created = scene.create();
            String path = DeployScene.pathOf(created.member("dagsUploadUrl"));
            byte[] large = new byte[LIMIT + 1];

            Answer declared = put(path, large);
            assertThat(declared.status()).isEqualTo(413);
            assertThat(declared.text()).contains("given " + (LIMIT + 1) + " bytes, allowed " + LIMIT);
            assertThat(api.send(api.request(path)
                                    .PUT(HttpRequest.BodyPublishers.ofInputStream(
                                            () -> new ByteArrayInputStream(large))))
                            .status())
                    .isEqualTo(413);
            assertThat(block(path, "a", new byte[LIMIT - 10])).isEqualTo(201);
            assertThat(block(path, "b", new byte[11])).isEqualTo(413);
            assertThat(scene.view(created.member("id")).json().has("dagTarballVersion"))
                    .isFalse();
            assertThat(put(path, new byte[LIMIT]).status()).isEqualTo(201);
        }
    }

    /// What was not received whole was never received.
    @Test
    void aBrokenConnectionLeavesNothing() throws Exception {
        DeployScene scene = new DeployScene(api);
        Answer created = scene.create();
        URI server = URI.create(ConfigProvider.getConfig().getValue("test.url", String.class));
        java.nio.file.Path folder = api.behind().folder().resolve("uploads").resolve(created.member("id"));
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.getPort());
                OutputStream out = socket.getOutputStream()) {
            out.write(("PUT " + DeployScene.pathOf(created.member("dagsUploadUrl"))
                            + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n" + "x".repeat(500))
                    .getBytes(StandardCharsets.UTF_8));
            out.flush();
            io.headgate.testing.Eventually.holds("is being received", () -> files(folder) == 1);
        }
        io.headgate.testing.Eventually.holds("is gone", () -> files(folder) == 0);
        assertThat(scene.view(created.member("id")).json().has("dagTarballVersion"))
                .isFalse();
        assertThat(scene.put(created.member("dagsUploadUrl"), Tars.project("x")).status())
                .isEqualTo(201);
    }

    private static long files(java.nio.file.Path folder) {
        String[] names = folder.toFile().list();
        return names == null ? 0 : names.length;
    }

    private Answer put(String path, byte[] body) {
        return api.send(api.request(path).PUT(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    private int block(String path, String id, byte[] body) {
        return put(path + "&comp=block&blockid=" + URLEncoder.encode(encoded(id), StandardCharsets.UTF_8), body)
                .status();
    }

    private Answer list(String path, String... ids) {
        String xml = Stream.of(ids)
                .map(id -> "<Latest>" + encoded(id) + "</Latest>")
                .collect(Collectors.joining(
                        "", "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<BlockList>", "</BlockList>"));
        return api.send(api.request(path + "&comp=blocklist")
                .header("Content-Type", "application/xml")
                .PUT(HttpRequest.BodyPublishers.ofString(xml)));
    }

    private static String encoded(String id) {
        return Base64.getEncoder().encodeToString(id.getBytes(StandardCharsets.UTF_8));
    }
}
