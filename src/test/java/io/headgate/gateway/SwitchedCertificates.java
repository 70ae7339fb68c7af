package io.headgate.gateway;

import io.headgate.certificate.ServerCertificates;
import io.headgate.certificate.ServerIdentity;

/// Certificates that a test exchanges while the gateway runs.
final class SwitchedCertificates implements ServerCertificates {
    private volatile ServerCertificates chosen;

    SwitchedCertificates(ServerCertificates chosen) {
        this.chosen = chosen;
    }

    void switchTo(ServerCertificates others) {
        chosen = others;
    }

    @Override
    public ServerIdentity current() {
        return chosen.current();
    }

    @Override
    public void refresh() {
        chosen.refresh();
    }
}
