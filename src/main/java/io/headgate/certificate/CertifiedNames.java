package io.headgate.certificate;

import java.net.InetAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// The names of this installation: which of them every client is shown, and which a client must ask for.
///
/// Names of Deployments are asked for: a certificate that listed them would tell every stranger which there are. For
/// the
/// same reason a certificate is made for whatever could be a Deployment's name, whether there is one or not.
///
/// @param shown host names in the certificate of whoever asks for none or for one of these
/// @param addresses IP addresses in that certificate
/// @param askedFor single host names of Deployments
/// @param baseDomain the domain below which each Deployment has a name; empty if there is none
public record CertifiedNames(
        SequencedSet<String> shown, SequencedSet<InetAddress> addresses, Set<String> askedFor, String baseDomain) {
    private static final String LOCALHOST = "localhost";
    private static final Pattern LABEL = Pattern.compile("[a-z0-9](?:[a-z0-9_-]{0,61}[a-z0-9])?");
    private static final Pattern HOST = Pattern.compile(LABEL + "(?:\\." + LABEL + ")*");
    private static final int HOST_MAX = 253;

    /// What a client that connects over loopback may call us, whatever is configured.
    private static final List<String> LOOPBACK = List.of("127.0.0.1", "::1");

    /// The names that follow from the settings.
    ///
    /// @param publicHost of the gateway's public URL
    /// @param baseDomain of Deployments, which is no domain if that URL has an address instead of a name
    /// @param deploymentHosts of the Deployments that have a host of their own
    public static CertifiedNames of(String publicHost, String baseDomain, Iterable<String> deploymentHosts) {
        SequencedSet<String> shown = new LinkedHashSet<>(List.of(LOCALHOST));
        SequencedSet<InetAddress> addresses = new LinkedHashSet<>();
        LOOPBACK.forEach(literal -> addresses.add(InetAddress.ofLiteral(literal)));
        address(publicHost).ifPresentOrElse(addresses::add, () -> shown.add(host(publicHost)));
        boolean isDomain = address(baseDomain).isEmpty();
        if (isDomain) {
            shown.add(host(baseDomain));
        }
        Set<String> askedFor = new TreeSet<>();
        deploymentHosts.forEach(name -> askedFor.add(host(name)));
        return new CertifiedNames(shown, addresses, askedFor, isDomain ? host(baseDomain) : "");
    }

    /// The name for which a client is shown a certificate of its own; empty if it gets the one for all.
    Optional<String> ownCertificate(String serverName) {
        String name = serverName.toLowerCase(Locale.ROOT);
        return !shown.contains(name) && (askedFor.contains(name) || isBelowBaseDomain(name))
                ? Optional.of(name)
                : Optional.empty();
    }

    /// The domains that the authority may certify, each with everything below it.
    SequencedSet<String> domains() {
        SequencedSet<String> domains = new LinkedHashSet<>(shown);
        domains.addAll(askedFor);
        return domains;
    }

    private boolean isBelowBaseDomain(String name) {
        int label = name.length() - baseDomain.length() - 1;
        return !baseDomain.isEmpty()
                && label > 0
                && name.length() <= HOST_MAX
                && name.endsWith("." + baseDomain)
                && LABEL.matcher(name.substring(0, label)).matches();
    }

    private static Optional<InetAddress> address(String host) {
        try {
            return Optional.of(InetAddress.ofLiteral(
                    host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host));
        } catch (IllegalArgumentException aName) {
            return Optional.empty();
        }
    }

    private static String host(String text) {
        String host = text.toLowerCase(Locale.ROOT);
        if (host.length() > HOST_MAX || !HOST.matcher(host).matches()) {
            throw new UnusableCertificateException("no certificate can be made for the host name '" + text
                    + "': labels of letters, digits and '-' with dots between them, " + HOST_MAX
                    + " characters at most; or configure gateway.tls.certificate-file and gateway.tls.key-file");
        }
        return host;
    }
}
