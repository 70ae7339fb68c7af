package io.headgate.alert;

import io.headgate.kernel.Problem;
import io.headgate.kernel.SecretText;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Optional;

/// Where webhooks may lead: the control plane must not be made to post into the network that it stands in.
///
/// @param anywhere allows http and addresses that are not public
public record WebhookTargets(boolean anywhere) {
    private static final String SETTING = "alerts.webhooks-anywhere";

    /// A 400 that names the field unless the form of the URL is right; nothing is looked up.
    public void check(SecretText webhookUrl) {
        if (target(webhookUrl).isEmpty()) {
            throw Problem.invalidField(
                            "definition.webhookUrl",
                            "form",
                            "definition.webhookUrl must be "
                                    + (anywhere ? "an http or https URL" : "an https URL")
                                    + " with a host and without user and fragment (not shown here, it is a secret)")
                    .asException();
        }
    }

    /// Where to post to now; empty with http or user information in it, or no host.
    Optional<URI> target(SecretText webhookUrl) {
        try {
            URI url = new URI(webhookUrl.reveal());
            boolean scheme =
                    "https".equalsIgnoreCase(url.getScheme()) || (anywhere && "http".equalsIgnoreCase(url.getScheme()));
            boolean plain = url.getHost() != null && url.getUserInfo() == null && url.getFragment() == null;
            return scheme && plain ? Optional.of(url) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /// Why that host may not be posted to; empty if it may. Resolved at each delivery: names change their minds.
    Optional<String> refusal(URI target) {
        try {
            for (InetAddress address : InetAddress.getAllByName(target.getHost())) {
                if (!anywhere && !isPublic(address)) {
                    return Optional.of("its host has an address that is not public; whoever runs this installation can"
                            + " allow that with the setting " + SETTING);
                }
            }
            return Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.of("its host is not known");
        }
    }

    private static boolean isPublic(InetAddress address) {
        byte[] bytes = address.getAddress();
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        boolean special = address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress();
        // fc00::/7; 0/8, 100.64/10 and 240/4
        boolean reserved = bytes.length == 16
                ? (first & 0xfe) == 0xfc
                : first == 0 || first >= 240 || (first == 100 && (second & 0xc0) == 64);
        return !special && !reserved;
    }
}
