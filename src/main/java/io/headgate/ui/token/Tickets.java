package io.headgate.ui.token;

import io.headgate.deployment.DeploymentAddresses;
import io.headgate.token.IssuedToken;
import io.headgate.ui.frame.Answers;
import io.headgate.ui.frame.DeploymentSpot;
import io.headgate.ui.frame.Moment;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/// Shows a token's value in the answer to the form that made it: no redirect, nothing kept (design of the token, S20).
@Singleton
final class Tickets {
    private final TokenPlace place;
    private final Answers answers;
    private final DeploymentAddresses addresses;
    private final Clock clock;

    Tickets(TokenPlace place, Answers answers, DeploymentAddresses addresses, Clock clock) {
        this.place = place;
        this.answers = answers;
        this.addresses = addresses;
        this.clock = clock;
    }

    Response show(DeploymentSpot spot, IssuedToken issued, boolean rotated) {
        Instant now = clock.instant();
        Optional<Moment> end = issued.token().validity().endAt().map(at -> Moment.of(at, now));
        return answers.page(TokenTemplates.ticket(
                spot.shell(),
                spot.head(),
                new TicketView(
                        place.row(spot, issued.token()),
                        issued.value().reveal(),
                        rotated,
                        Moment.of(now, now).exact(),
                        end.map(moment -> "Works until " + moment.date())
                                .orElse("Works until it is rotated or deleted"),
                        snippet(spot))));
    }

    private String snippet(DeploymentSpot spot) {
        return """
                read -rs ASTRO_API_TOKEN && export ASTRO_API_TOKEN   # paste the value, then Enter

                # what the Deployment is
                curl -H "Authorization: Bearer $ASTRO_API_TOKEN" \\
                  %s/v1/organizations/%s/deployments/%s

                # its Airflow
                curl -H "Authorization: Bearer $ASTRO_API_TOKEN" \\
                  %s/dags""".formatted(
                        addresses.controlPlane(),
                        spot.organizationId(),
                        spot.deployment().id(),
                        addresses.airflowApi(spot.deployment().namespace()));
    }
}
