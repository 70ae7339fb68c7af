package io.headgate.ui.airflow;

import io.headgate.access.Scope;
import io.headgate.access.SignedInEndpoint;
import io.headgate.deployment.AirflowOpenings;
import io.headgate.deployment.DeploymentAddresses;
import io.headgate.identity.AirflowSignIns;
import io.headgate.identity.Session;
import io.headgate.kernel.Problem;
import io.headgate.ui.frame.Answers;
import io.headgate.ui.frame.Shells;
import io.headgate.ui.session.Visitor;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.regex.Pattern;

/// Where the gateway sends browsers that it does not know: whoever is signed in, and may, is sent back with a one-time
/// code, over https if they came so. `next` is only passed on; the gateway believes none that leads out of the
/// Deployment.
@Path("/airflow-sign-in")
@SignedInEndpoint
@RunOnVirtualThread
@Singleton
final class AirflowSignInPages {
    private static final Pattern STATE = Pattern.compile("[A-Za-z0-9_-]{22,64}");
    private static final int NEXT_MAX = 1024;

    private final Visitor visitor;
    private final Shells shells;
    private final Answers answers;
    private final AirflowOpenings openings;
    private final AirflowSignIns signIns;
    private final DeploymentAddresses addresses;

    AirflowSignInPages(
            Visitor visitor,
            Shells shells,
            Answers answers,
            AirflowOpenings openings,
            AirflowSignIns signIns,
            DeploymentAddresses addresses) {
        this.visitor = visitor;
        this.shells = shells;
        this.answers = answers;
        this.openings = openings;
        this.signIns = signIns;
        this.addresses = addresses;
    }

    @GET
    public Response lead(
            @QueryParam("namespace") @DefaultValue("") String namespace,
            @QueryParam("state") @DefaultValue("") String state,
            @QueryParam("next") @DefaultValue("") String next,
            @QueryParam("scheme") @DefaultValue("") String scheme,
            @Context HttpHeaders headers) {
        Session session = visitor.signedIn();
        if (!STATE.matcher(state).matches()) {
            throw Problem.badRequest(
                            "airflow.sign-in",
                            "this address is a part of signing in to an Airflow, and is not complete: open the Deployment,"
                                    + " and from there its Airflow")
                    .asException();
        }
        Scope.OfDeployment deployment = openings.open(visitor.caller(), namespace);
        String code = signIns.issue(
                        session,
                        new AirflowSignIns.Wish(deployment.deploymentId(), state, next.length() > NEXT_MAX ? "" : next))
                .reveal();
        DeploymentAddresses cameFrom = scheme.equals("https") ? addresses.overHttps() : addresses;
        URI back = URI.create(cameFrom.browser(namespace) + "/.headgate/sign-in?code=" + code);
        return followsAForm(headers) ? byPage(back) : byRedirect(back);
    }

    private static Response byRedirect(URI back) {
        return Response.seeOther(back)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    private Response byPage(URI back) {
        Response page = answers.page(AirflowTemplates.opening(shells.of("Opening Airflow"), back.toString()));
        return Response.fromResponse(page).header("Refresh", "0; url=" + back).build();
    }

    /// Whoever has just signed in comes from that form, and `form-action` of its page lets what follows from it lead to
    /// this server only: a redirect to the gateway would be stopped. The browser tells the two ways apart.
    private static boolean followsAForm(HttpHeaders headers) {
        return "same-origin".equals(headers.getHeaderString("Sec-Fetch-Site"));
    }
}
