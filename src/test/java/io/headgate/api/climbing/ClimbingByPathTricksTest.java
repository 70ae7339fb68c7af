package io.headgate.api.climbing;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.api.Answer;
import io.headgate.api.TestApi;
import io.headgate.deployment.Deployment;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// A path that begins with what is one's own, or with what is public, and ends elsewhere.
///
/// What the gateway makes of such paths is tried beside it, in its own package.
@QuarkusTest
class ClimbingByPathTricksTest {
    private static final List<String> PUBLIC = List.of("/uploads", "/assets", "/.well-known", "/openapi", "/q");

    @Inject
    TestApi api;

    /// Guards: `Policy.sees` – asks about the object that was found, whatever the path looks like;
    /// `ApiPaths.contains` with `Callers.current` – nothing is answered to nobody, wherever the path began.
    @Test
    void noPathLeadsToASiblingOrPastTheCredential() {
        Deployment own = api.behind().deployment(api.unique("own"));
        Deployment sibling = api.behind().deployment(api.unique("sibling"));
        String token = api.tokenOf(own);
        String deployments = api.organization("/deployments");
        String straight = deployments + "/" + sibling.id();
        Standing before = Standing.now(api);

        List<String> tricks = List.of(
                straight,
                deployments + "/" + sibling.id().value().toUpperCase(Locale.ROOT),
                deployments + "/" + own.id() + "/../" + sibling.id(),
                deployments + "/" + own.id() + "/%2e%2e/" + sibling.id(),
                deployments + "/" + own.id() + "%2F..%2F" + sibling.id(),
                deployments + "/" + own.id() + "%252F..%252F" + sibling.id(),
                deployments + "/" + own.id() + "%5C..%5C" + sibling.id(),
                deployments + "//" + sibling.id(),
                deployments + "/./" + sibling.id(),
                deployments + "/" + sibling.id() + "/",
                deployments + "/" + sibling.id() + ";deploymentId=" + own.id(),
                deployments + ";x=y/" + sibling.id(),
                deployments + "/" + sibling.id() + "%00",
                deployments + "/" + sibling.id() + "%20",
                deployments + "/" + sibling.id() + "?deploymentId=" + own.id(),
                deployments + "/~",
                deployments + "/*",
                deployments + "/" + own.id() + "," + sibling.id(),
                api.organization("/tokens/../deployments/" + sibling.id()),
                "/v1/organizations/~/deployments/" + sibling.id(),
                "/%76%31/organizations/" + api.behind().organizationId() + "/deployments/" + sibling.id());
        tricks.forEach(trick -> {
            refused(trick, api.get(token, trick), sibling);
            refused(trick, api.delete(token, trick), sibling);
        });
        PUBLIC.stream()
                .flatMap(start ->
                        Stream.of(start + "/.." + straight, start + "/%2e%2e" + straight, start + "%2F.." + straight))
                .forEach(trick -> {
                    refused(trick, api.send(api.request(trick)), sibling);
                    refused(trick, api.send(api.request(trick).DELETE()), sibling);
                });
        for (String header : List.of("X-HTTP-Method-Override", "X-Original-URL", "X-Rewrite-URL")) {
            String said = header.endsWith("URL") ? straight : "DELETE";
            Answer answer = api.send(api.request(deployments + "/" + own.id())
                    .header("Authorization", "Bearer " + token)
                    .header(header, said)
                    .method("GET", HttpRequest.BodyPublishers.noBody()));
            assertThat(answer.member("id")).as(header).isEqualTo(own.id().value());
        }

        assertThat(Standing.now(api)).isEqualTo(before);
        assertThat(api.get(token, deployments + "/" + own.id()).member("name")).isEqualTo(own.name());
        assertThat(api.get(api.owner(), straight).member("name")).as("control").isEqualTo(sibling.name());
        assertThat(api.delete(api.owner(), straight).status()).as("control").isEqualTo(204);
        assertThat(Standing.now(api)).isNotEqualTo(before);
    }

    private static void refused(String trick, Answer answer, Deployment sibling) {
        assertThat(answer.status()).as(trick + ": " + answer.text()).isIn(400, 401, 404, 405);
        assertThat(answer.text()).as(trick).doesNotContain(sibling.name(), sibling.namespace());
    }
}
