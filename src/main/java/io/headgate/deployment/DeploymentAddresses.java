package io.headgate.deployment;

import io.headgate.kernel.DeploymentId;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The URLs of Deployments, all derived from the two public URLs of this installation.
///
/// @param browserDomain domain below which each Deployment has an origin of its own, with port if not the default
/// @param hosts host names, without port, of the Deployments that have one of their own, by namespace
public record DeploymentAddresses(URI controlPlane, URI gateway, String browserDomain, Map<String, String> hosts) {
    public DeploymentAddresses {
        hosts = Map.copyOf(hosts);
    }

    public DeploymentAddresses(URI controlPlane, URI gateway, String browserDomain) {
        this(controlPlane, gateway, browserDomain, Map.of());
    }

    /// The same places for whoever came over https to a gateway whose public URL is a plain one: it speaks both.
    public DeploymentAddresses overHttps() {
        return new DeploymentAddresses(
                controlPlane, URI.create("https://" + gateway.getAuthority()), browserDomain, hosts);
    }

    /// Whether browsers come to Deployments over https.
    public boolean isHttps() {
        return gateway.getScheme().equals("https");
    }

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
        return URI.create(browserOrigin(namespace) + "/" + namespace);
    }

    /// The origin of its pages, as browsers send it in `Origin`.
    public String browserOrigin(String namespace) {
        return gateway.getScheme() + "://" + browserAuthority(namespace);
    }

    public String browserWithoutScheme(String namespace) {
        return browserAuthority(namespace) + "/" + namespace;
    }

    /// Issuer of the tokens that the gateway presents to this Deployment's Airflow.
    public String tokenIssuer(DeploymentId id) {
        return controlPlane + "/deployments/" + id;
    }

    private String browserAuthority(String namespace) {
        String port = gateway.getPort() < 0 ? "" : ":" + gateway.getPort();
        return Optional.ofNullable(hosts.get(namespace))
                .map(host -> host.toLowerCase(Locale.ROOT) + port)
                .orElseGet(() -> namespace + "." + browserDomain);
    }
}
