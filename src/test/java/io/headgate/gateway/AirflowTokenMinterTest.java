package io.headgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.access.DeploymentPermission;
import io.headgate.access.Subject;
import io.headgate.deployment.AirflowTokenSigning;
import io.headgate.deployment.DeploymentRoute.State.Serving;
import io.headgate.kernel.ApiTokenId;
import io.headgate.kernel.SecretText;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// A token is used again for half its life, and only for exactly the same caller, rights and Deployment.
class AirflowTokenMinterTest {
    private static final Instant START = Instant.parse("2026-05-01T00:00:00Z");
    private static final ApiTokenId TOKEN = new ApiTokenId(TestGateway.id("token"));

    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private final InstantSource source = now::get;
    private final AirflowTokenMinter minter = new AirflowTokenMinter(source.withZone(ZoneOffset.UTC));

    @Test
    void aTokenIsUsedAgainForHalfAMinute() {
        String first = minter.mint(passage("a", TestGateway.SIGNING, DeploymentPermission.AIRFLOW_DAG_GET));

        now.set(START.plusSeconds(29));
        assertThat(minter.mint(passage("a", TestGateway.SIGNING, DeploymentPermission.AIRFLOW_DAG_GET)))
                .isEqualTo(first);
        now.set(START.plusSeconds(30));
        assertThat(minter.mint(passage("a", TestGateway.SIGNING, DeploymentPermission.AIRFLOW_DAG_GET)))
                .isNotEqualTo(first);
    }

    @Test
    void aClockThatWentBackMakesANewToken() {
        String first = minter.mint(passage("a", TestGateway.SIGNING, DeploymentPermission.AIRFLOW_DAG_GET));

        now.set(START.minusSeconds(60));
        assertThat(minter.mint(passage("a", TestGateway.SIGNING, DeploymentPermission.AIRFLOW_DAG_GET)))
                .isNotEqualTo(first);
    }

    @Test
    void anotherNameRightOrSecretMakesAnotherToken() {
        AirflowTokenSigning replaced =
                new AirflowTokenSigning(new SecretText("r".repeat(64)), "dep-quick", "https://headgate.test/quick");
        List<String> tokens = List.of(
                minter.mint(passage("a", TestGateway.SIGNING, DeploymentPermission.AIRFLOW_DAG_GET)),
                minter.mint(passage("b", TestGateway.SIGNING, DeploymentPermission.AIRFLOW_DAG_GET)),
                minter.mint(passage("a", TestGateway.SIGNING, DeploymentPermission.AIRFLOW_DAG_UPDATE)),
                minter.mint(passage("a", replaced, DeploymentPermission.AIRFLOW_DAG_GET)));

        assertThat(tokens).doesNotHaveDuplicates();
    }

    private static Passage passage(String name, AirflowTokenSigning signing, DeploymentPermission held) {
        RequestTarget target = new RequestTarget("/quick/", "", "quick", List.of(""), -1);
        Route route = new Route("/", new Requirement.AnyToken(), Route.Pace.ORDINARY, Route.NO_TAIL);
        Serving upstream = new Serving(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1), signing, "3.3.2");
        return new Passage(new Subject.ApiToken(TOKEN, name), TestGateway.HOME, Set.of(held), upstream, target, route);
    }
}
