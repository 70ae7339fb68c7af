package io.headgate.certificate;

/// Where a server gets its present identity from.
public interface ServerCertificates {
    /// The identity for connections that begin now; another object if and only if something changed.
    ServerIdentity current();

    /// Renews or reads again what needs it by now; to be called every few seconds, and cheap if nothing changed.
    void refresh();
}
