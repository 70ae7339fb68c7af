package io.headgate.certificate;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;

/// Validates as a client that trusts one authority (RFC 5280 §6).
final class Trust {
    private Trust() {}

    /// Within the name constraints of the authority. Java looks at those of certificates on the path, not of the
    /// anchor,
    /// so the anchor is the bare key, and the authority's certificate stands on the path.
    static boolean in(X509Certificate authority, X509Certificate server, Instant at) {
        TrustAnchor key = new TrustAnchor(authority.getSubjectX500Principal(), authority.getPublicKey(), null);
        return holds(key, List.of(server, authority), at);
    }

    /// Control: a client that does not look at the constraints.
    static boolean unconstrained(X509Certificate authority, X509Certificate server, Instant at) {
        return holds(new TrustAnchor(authority, null), List.of(server), at);
    }

    @SuppressWarnings("JavaUtilDate") // what the validator takes
    private static boolean holds(TrustAnchor anchor, List<X509Certificate> path, Instant at) {
        try {
            PKIXParameters parameters = new PKIXParameters(Set.of(anchor));
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(at));
            CertPathValidator.getInstance("PKIX")
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
            return true;
        } catch (GeneralSecurityException refused) {
            return false;
        }
    }
}
