package io.headgate.certificate;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/// One private key, and the certificates that go with it; what belongs together never changes under a handshake.
public interface ServerIdentity {
    PrivateKey key();

    /// The chain to present, leaf first.
    ///
    /// @param serverName as the client asked for it, in whatever spelling; empty if it named none
    List<X509Certificate> chain(String serverName);
}
