package io.headgate.api.v1.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.api.Answer;
import io.headgate.api.TestApi;
import io.headgate.testing.Eventually;
import io.headgate.testing.Tars;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `POST …/deploys/{deployId}/finalize`.
@QuarkusTest
class FinalizeDeployTest {
    @Inject
    TestApi api;

    @Nested
    class Answers200 {
        /// D14, D7: the deploy becomes DEPLOYED and the Deployment tells the version.
        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                {"dagTarballVersion": "VERSION"}
                {"dagTarballVersion": ""}
                {}
                """)
        void withTheVersionThatThenGoesLive(String body) throws Exception {
            DeployScene scene = new DeployScene(api);
            Answer created = scene.create();
            Answer stored = scene.put(created.member("dagsUploadUrl"), Tars.project("fine, doubtful"));
            String version = stored.header("x-ms-version-id");
            String id = created.member("id");

            Answer answer = scene.finish(id, body.replace("VERSION", version));

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.member("dagTarballVersion"))
                    .isEqualTo(version)
                    .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{7}Z");
            assertThat(answer.json().at("/findings/warnings/0/message").asText())
                    .contains("Variable x");
            Eventually.holds(
                    "is deployed", () -> scene.view(id).member("status").equals("DEPLOYED"));
            Answer deployment = api.get(
                    scene.token(),
                    api.organization("/deployments/" + scene.place().id()));
            assertThat(deployment.member("dagTarballVersion")).isEqualTo(version);
            assertThat(deployment.member("desiredDagTarballVersion")).isEqualTo(version);
            assertThat(api.audited(id)).hasSize(2).last().asString().startsWith("deploy.finalized by ");
        }

        /// A lost answer: asking again changes nothing.
        @Test
        void again() throws Exception {
            DeployScene scene = new DeployScene(api);
            String id = scene.deployed("x");
            Eventually.holds(
                    "is deployed", () -> scene.view(id).member("status").equals("DEPLOYED"));

            Answer again = scene.finish(id, "{}");
            assertThat(again.status()).isEqualTo(200);
            assertThat(again.member("status")).isEqualTo("DEPLOYED");
            assertThat(api.audited(id)).hasSize(2);
        }

        @Test
        void forAnArchiveWithoutEntriesWhichRemovesAllDags() {
            DeployScene scene = new DeployScene(api);
            Answer created = scene.create();
            scene.put(created.member("dagsUploadUrl"), new Tars().gzip());

            assertThat(scene.finish(created.member("id"), "{}").json().at("/findings/dagIds"))
                    .isEmpty();
        }

        @Test
        void whenForcedNamingTheFilesThatGoOffLine() {
            DeployScene scene = new DeployScene(api);
            String id = scene.pushed("broken");

            Answer answer = scene.finish(id, "{\"force\": true}");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.member("statusReason")).contains("dags/daily.py");
        }
    }

    @Nested
    class Answers400 {
        @Test
        void namingFileAndLineAndLeavingWhatRuns() throws Exception {
            DeployScene scene = new DeployScene(api);
            String good = scene.deployed("good");
            Eventually.holds(
                    "is deployed", () -> scene.view(good).member("status").equals("DEPLOYED"));
            String id = scene.pushed("broken");

            Answer answer = scene.finish(id, "{}");

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.message()).startsWith("dags/daily.py line 3: invalid syntax");
            assertThat(answer.wrongFields()).containsExactly("dags/daily.py");
            assertThat(scene.view(id).member("status")).isEqualTo("FAILED");
            assertThat(scene.view(id).json().at("/findings/errors/0/line").asInt())
                    .isEqualTo(3);
            assertThat(api.get(
                                    scene.token(),
                                    api.organization(
                                            "/deployments/" + scene.place().id()))
                            .member("dagTarballVersion"))
                    .isEqualTo(scene.view(good).member("dagTarballVersion"));
        }

        @Test
        void whenNothingWasUploaded() {
            DeployScene scene = new DeployScene(api);
            String id = scene.create().member("id");

            Answer answer = scene.finish(id, "{}");
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.message()).contains("nothing was uploaded");
            assertThat(scene.view(id).member("status")).isEqualTo("FAILED");
        }

        /// Another version is a mistake of the caller's; the deploy can still be finalized with the right one.
        @Test
        void toAnotherVersionThanTheUploadedOne() {
            DeployScene scene = new DeployScene(api);
            String id = scene.pushed("x");

            Answer answer = scene.finish(id, "{\"dagTarballVersion\": \"2020-01-01T00:00:00.0000000Z\"}");
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.wrongFields()).containsExactly("dagTarballVersion");
            assertThat(scene.finish(id, "{}").status()).isEqualTo(200);
            assertThat(scene.finish(id, "{\"dagTarballVersion\": \"2020-01-01T00:00:00.0000000Z\"}")
                            .status())
                    .isEqualTo(400);
        }

        @Test
        void withTheResolversWords() {
            DeployScene scene = new DeployScene(api);
            Answer created = scene.create();
            scene.put(
                    created.member("dagsUploadUrl"),
                    new Tars()
                            .file("dags/a.py", "")
                            .file("requirements.txt", "conflict==1")
                            .gzip());

            Answer answer = scene.finish(created.member("id"), "{}");
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.message()).startsWith("requirements.txt cannot be resolved: because conflict==1");
        }

        @Test
        void toAnArchiveThatIsNone() {
            DeployScene scene = new DeployScene(api);
            Answer created = scene.create();
            scene.put(
                    created.member("dagsUploadUrl"),
                    "not a tar".repeat(200).getBytes(java.nio.charset.StandardCharsets.UTF_8));

            assertThat(scene.finish(created.member("id"), "{}").message()).contains("archive refused: it is not a tar");
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                {"force": "yes"}                  | force
                {"bundleTarballVersion": "x"}     | bundleTarballVersion
                {"dagTarballVersion": 7}          | dagTarballVersion
                {"versoin": "x"}                  | versoin
                """)
        void namingWhatIsWrong(String body, String field) {
            DeployScene scene = new DeployScene(api);
            Answer answer = scene.finish(scene.pushed("x"), body);

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.wrongFields()).containsExactly(field);
        }
    }

    @Nested
    class Answers401 {
        /// §5: an upload URL works on after rotation, finalize does not.
        @Test
        void afterTheTokenWasRotated() {
            DeployScene scene = new DeployScene(api);
            Answer created = scene.create();
            String id = api.get(scene.token(), api.organization("/tokens"))
                    .json()
                    .at("/tokens/0/id")
                    .asText();
            String fresh = api.post(api.owner(), api.organization("/tokens/" + id + "/rotate"))
                    .member("token");

            assertThat(scene.put(created.member("dagsUploadUrl"), Tars.project("x"))
                            .status())
                    .isEqualTo(201);
            assertThat(scene.finish(created.member("id"), "{}").status()).isEqualTo(401);
            assertThat(api.post(fresh, scene.path("/" + created.member("id") + "/finalize"), "{}")
                            .status())
                    .isEqualTo(200);
        }
    }

    @Nested
    class Answers404 {
        /// D15: one of another Deployment.
        @Test
        void toADeployOfAnotherDeployment() {
            DeployScene scene = new DeployScene(api);
            DeployScene other = new DeployScene(api);
            String id = scene.pushed("x");

            Answer foreign = api.post(api.owner(), other.path("/" + id + "/finalize"), "{}");
            Answer unknown = api.post(api.owner(), other.path("/" + TestApi.unknownId() + "/finalize"), "{}");
            assertThat(foreign.status()).isEqualTo(404);
            assertThat(foreign.withoutRequestId()).isEqualTo(unknown.withoutRequestId());
            assertThat(scene.finish(id, "{}").status()).isEqualTo(200);
        }
    }
}
