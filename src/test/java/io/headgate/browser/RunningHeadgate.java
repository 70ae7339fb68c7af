package io.headgate.browser;

import java.net.URI;
import java.util.Optional;

/// A Headgate with real Airflow that `journeys/browsing.py` has running, as its environment variables describe it.
///
/// @param gateway the plain host, which is for programs
/// @param token may use the Deployment, and nothing else
/// @param sibling a Deployment of the same Workspace that runs as well, with a token of its own
record RunningHeadgate(
        URI controlPlane,
        URI gateway,
        Owner owner,
        String deployment,
        String namespace,
        String token,
        String sibling,
        String siblingToken) {

    static RunningHeadgate fromEnvironment() {
        return new RunningHeadgate(
                URI.create(told("URL")),
                URI.create(told("GATEWAY_URL")),
                new Owner(told("EMAIL"), told("PASSWORD")),
                told("DEPLOYMENT"),
                told("NAMESPACE"),
                told("TOKEN"),
                told("SIBLING"),
                told("SIBLING_TOKEN"));
    }

    private static String told(String name) {
        return Optional.ofNullable(System.getenv("JOURNEY_" + name))
                .orElseThrow(() -> new IllegalStateException(
                        "JOURNEY_" + name + " is not set: these tests are run by journeys/browsing.py"));
    }
}
