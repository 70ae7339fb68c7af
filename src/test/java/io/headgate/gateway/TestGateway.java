package io.headgate.gateway;

import io.headgate.access.DeploymentPermission;
import io.headgate.access.Grant;
import io.headgate.access.Principal;
import io.headgate.access.Scope;
import io.headgate.access.Subject;
import io.headgate.deployment.AirflowChanges;
import io.headgate.deployment.AirflowTokenSigning;
import io.headgate.deployment.DeploymentAddresses;
import io.headgate.deployment.DeploymentRoute;
import io.headgate.deployment.DeploymentRoute.State;
import io.headgate.deployment.DeploymentRoutes;
import io.headgate.kernel.ApiTokenId;
import io.headgate.kernel.DeploymentId;
import io.headgate.kernel.OrganizationId;
import io.headgate.kernel.SecretText;
import io.headgate.kernel.WorkspaceId;
import io.headgate.token.ObservedUses;
import io.headgate.token.RequestLimits;
import io.headgate.token.TokenVerdict;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// A running gateway with two Deployments, `quick` behind which a scripted Airflow stands, and `other`, and with
/// tokens that a test makes up.
final class TestGateway implements AutoCloseable {
    static final String NAMESPACE = "quick";
    /// A token at which the look-up itself fails.
    static final String EXPLODING = "exploding";

    static final String API = "/quick/api/v2";

    /// Nothing listens there: browsers are led to it, and a test plays its part.
    static final String CONTROL_PLANE = "http://localhost:8888";

    static final AirflowTokenSigning SIGNING =
            new AirflowTokenSigning(new SecretText("s".repeat(64)), "dep-quick", "https://headgate.test/quick");

    static final OrganizationId ORGANIZATION = new OrganizationId(id("organization"));
    private static final WorkspaceId WORKSPACE = new WorkspaceId(id("workspace"));

    static final Scope.OfDeployment HOME =
            new Scope.OfDeployment(ORGANIZATION, WORKSPACE, new DeploymentId(id("quick")));
    static final Scope.OfDeployment FOREIGN =
            new Scope.OfDeployment(ORGANIZATION, WORKSPACE, new DeploymentId(id("other")));

    private final Map<String, TokenVerdict> verdicts = new ConcurrentHashMap<>();
    private final AtomicInteger tokens = new AtomicInteger();
    private final DeploymentRoutes routes = new DeploymentRoutes();
    private final ObservedUses observed = new ObservedUses(Clock.systemUTC());
    private final AirflowChanges changes = new AirflowChanges();
    private final SignedInPeople people = new SignedInPeople();
    private final GatewayServer server;
    private final String everything;
    private final SwitchedCertificates certificates = new SwitchedCertificates(TestCertificates.LOCAL);
    private Transport transport = Transport.HTTP;

    private TestGateway(GatewaySettings settings, RequestLimits limits, URI controlPlane) {
        DeploymentAddresses addresses = new DeploymentAddresses(
                controlPlane,
                settings.publicUrl(),
                settings.baseDomain()
                        + (settings.publicUrl().getPort() < 0
                                ? ""
                                : ":" + settings.publicUrl().getPort()),
                settings.deploymentHosts().entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey)));
        server = new GatewayServer(
                settings,
                this::verdict,
                routes,
                new GatewayServer.Records(observed, changes),
                limits,
                new GatewayServer.Entrance(people.signIns(), addresses, certificates),
                Clock.systemUTC());
        server.start();
        everything = token(EnumSet.allOf(DeploymentPermission.class));
    }

    static TestGateway before(ScriptedOrigin origin) {
        return before(origin, settings -> settings);
    }

    static TestGateway before(ScriptedOrigin origin, UnaryOperator<GatewaySettings> settings) {
        return before(origin.address(), settings);
    }

    static TestGateway before(InetSocketAddress upstream, UnaryOperator<GatewaySettings> settings) {
        return before(upstream, settings, RequestLimits.none());
    }

    static TestGateway before(ScriptedOrigin origin, RequestLimits limits) {
        return before(origin.address(), settings -> settings, limits);
    }

    private static TestGateway before(
            InetSocketAddress upstream, UnaryOperator<GatewaySettings> settings, RequestLimits limits) {
        return before(upstream, settings, limits, URI.create(CONTROL_PLANE));
    }

    static TestGateway before(
            InetSocketAddress upstream,
            UnaryOperator<GatewaySettings> settings,
            RequestLimits limits,
            URI controlPlane) {
        TestGateway gateway = new TestGateway(settings.apply(GatewaySettings.onLoopback()), limits, controlPlane);
        gateway.put(HOME, NAMESPACE, serving(upstream));
        gateway.put(FOREIGN, "other", serving(upstream));
        return gateway;
    }

    static State serving(InetSocketAddress upstream) {
        return new State.Serving(upstream, SIGNING, "3.3.2");
    }

    void put(Scope.OfDeployment scope, String namespace, State state) {
        routes.put(new DeploymentRoute(scope, namespace, state));
    }

    /// One more Deployment of the Workspace, for {@link #put}.
    static Scope.OfDeployment deployment(String name) {
        return new Scope.OfDeployment(ORGANIZATION, WORKSPACE, new DeploymentId(id(name)));
    }

    /// A new token of `quick` with just these permissions.
    String token(Set<DeploymentPermission> permissions) {
        return token("nightly-build", permissions);
    }

    String token(String name, Set<DeploymentPermission> permissions) {
        int number = tokens.incrementAndGet();
        ApiTokenId tokenId = new ApiTokenId(id("token" + number));
        Principal principal = new Principal(new Subject.ApiToken(tokenId, name), List.of(new Grant(HOME, permissions)));
        return token(new TokenVerdict.Accepted(tokenId, principal, HOME));
    }

    /// A new token that holds these grants.
    String token(List<Grant> grants) {
        ApiTokenId tokenId = new ApiTokenId(id("token" + tokens.incrementAndGet()));
        return token(new TokenVerdict.Accepted(
                tokenId, new Principal(new Subject.ApiToken(tokenId, "wide"), grants), HOME.workspace()));
    }

    /// A new token about which this is the verdict.
    String token(TokenVerdict verdict) {
        String value = "eyJ0eXAiOiJoZWFkZ2F0ZStqd3QiLCJhbGciOiJFZERTQSJ9.payload%d.signature%d"
                .formatted(tokens.incrementAndGet(), tokens.get());
        verdicts.put(value, verdict);
        return value;
    }

    /// A token that may do everything in `quick`.
    String everything() {
        return everything;
    }

    private TokenVerdict verdict(String presented) {
        if (presented.equals(EXPLODING)) {
            throw new IllegalStateException("planted defect");
        }
        return verdicts.getOrDefault(presented, new TokenVerdict.Unknown());
    }

    /// What was counted since the last time, each as `REASON uses address`.
    List<String> refusals() {
        return observed.drain().stream()
                .map(entry -> entry.counted().reason() + " " + entry.tally().uses() + " "
                        + entry.counted().address())
                .toList();
    }

    /// Who is signed in at the control plane.
    SignedInPeople people() {
        return people;
    }

    AirflowChanges changes() {
        return changes;
    }

    int port() {
        return server.port();
    }

    int connections() {
        return server.connections();
    }

    /// How {@link #connect} speaks from now on.
    TestGateway over(Transport chosen) {
        transport = chosen;
        return this;
    }

    RawClient connect() throws IOException {
        return RawClient.connect(port(), transport);
    }

    SwitchedCertificates certificates() {
        return certificates;
    }

    /// A complete request with the token that may do everything; `more` are header lines.
    String request(String method, String target, String... more) {
        return requestAs(everything, method, target, more);
    }

    String requestAs(String token, String method, String target, String... more) {
        StringBuilder text = new StringBuilder("%s %s HTTP/1.1\r\nHost: localhost:%d\r\nAuthorization: Bearer %s\r\n"
                .formatted(method, target, port(), token));
        for (String line : more) {
            text.append(line).append("\r\n");
        }
        return text.append("\r\n").toString();
    }

    RawResponse get(String target, String... more) throws IOException {
        try (RawClient client = connect()) {
            return client.exchange(request("GET", target, more));
        }
    }

    static String id(String name) {
        String padded = "c" + name.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9]", "0");
        return padded + "0".repeat(25 - padded.length());
    }

    @Override
    public void close() {
        server.close();
    }
}
