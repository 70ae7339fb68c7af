package io.headgate.certificate;

import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.GeneralName;

/// One key, with a certificate for every name that a client asks for: the common one, or one for that name alone.
///
/// A wildcard would be simpler, but OpenSSL, curl and Python refuse `*.localhost`. A certificate costs one signature,
/// about as much as the handshake that needs it, so whoever asks for many names gains nothing over asking often.
final class LocalIdentity implements ServerIdentity {
    /// What is kept; beyond it the one that was asked for longest ago is made again when it is asked for.
    private static final int KEPT_MAX = 1000;

    private final LocalAuthority authority;
    private final CertifiedNames names;
    private final KeyPair keys;
    private final Validity validity;
    private final List<X509Certificate> shown;
    private final Map<String, List<X509Certificate>> own = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<X509Certificate>> eldest) {
            return size() > KEPT_MAX;
        }
    };

    LocalIdentity(LocalAuthority authority, CertifiedNames names, KeyPair keys, Validity validity) {
        this.authority = authority;
        this.names = names;
        this.keys = keys;
        this.validity = validity;
        this.shown = certified(Stream.concat(
                        names.shown().stream().map(CertificateForm::dns),
                        names.addresses().stream().map(CertificateForm::ip))
                .toList());
    }

    @Override
    public PrivateKey key() {
        return keys.getPrivate();
    }

    @Override
    public List<X509Certificate> chain(String serverName) {
        return names.ownCertificate(serverName).map(this::own).orElse(shown);
    }

    Validity validity() {
        return validity;
    }

    private List<X509Certificate> own(String name) {
        synchronized (own) {
            return own.computeIfAbsent(name, asked -> certified(List.of(CertificateForm.dns(asked))));
        }
    }

    private List<X509Certificate> certified(List<GeneralName> certified) {
        return List.of(authority.certify(keys.getPublic(), certified, validity));
    }
}
