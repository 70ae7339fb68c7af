package io.headgate.deployment;

import io.headgate.kernel.DeploymentId;
import java.net.URI;

/// The URLs of Deployments, all derived from the two public URLs of this installation.
///
/// @param browserDomain domain below which each Deployment has an origin of its own, with port if not the default
public record DeploymentAddresses(URI controlPlane, URI gateway, String browserDomain) {

    /// Host and path without scheme: the stock client puts `https://` in front, whatever we say.
    public String airflowApiWithoutScheme(String namespace) {
        return gateway.getAuthority() + "/" + namespace + "/api/v2";
    }

    public String airflowApi(String namespace) {
        return gateway + "/" + namespace + "/api/v2";
    }

    public String ingressHostname(String namespace) {
        return gateway.getAuthority() + "/" + namespace;
    }

    /// Where browsers open it; no slash at the end, because it is also Airflow's own base URL.
    public URI browser(String namespace) {
        return URI.create(gateway.getScheme() + "://" + browserWithoutScheme(namespace));
    }

    public String browserWithoutScheme(String namespace) {
        return namespace + "." + browserDomain + "/" + namespace;
    }

    /// Issuer of the tokens that the gateway presents to this Deployment's Airflow.
    public String tokenIssuer(DeploymentId id) {
        return controlPlane + "/deployments/" + id;
    }
}
