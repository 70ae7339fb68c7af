package io.headgate.launch;

import io.headgate.certificate.CertifiedNames;
import io.headgate.certificate.ConfiguredCertificates;
import io.headgate.certificate.LocalCertificates;
import io.headgate.certificate.ServerCertificates;
import io.headgate.certificate.UnusableCertificateException;
import io.headgate.config.HeadgateSettings;
import io.headgate.config.Settings;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;

/// With which certificates the gateway speaks https, and what a person must know of them.
///
/// @param told one line for the start of `up`
record GatewayCertificates(ServerCertificates certificates, String told) {

    /// Those of the settings, else those of the local authority in this folder.
    static GatewayCertificates chosenBy(Settings settings, Addresses addresses, Path folder, Clock clock) {
        Optional<Path> certificate = settings.get(HeadgateSettings.GATEWAY_TLS_CERTIFICATE_FILE);
        Optional<Path> key = settings.get(HeadgateSettings.GATEWAY_TLS_KEY_FILE);
        if (certificate.isPresent() != key.isPresent()) {
            throw new LaunchException(
                    certificate.isPresent()
                            ? "setting gateway.tls.certificate-file is given without gateway.tls.key-file; give both or neither"
                            : "setting gateway.tls.key-file is given without gateway.tls.certificate-file; give both or neither");
        }
        try {
            return certificate.isPresent()
                    ? configured(certificate.get(), key.orElseThrow(), clock)
                    : local(addresses, folder, clock);
        } catch (UnusableCertificateException e) {
            throw new LaunchException(String.valueOf(e.getMessage()), e);
        }
    }

    private static GatewayCertificates configured(Path certificate, Path key, Clock clock) {
        ConfiguredCertificates configured = new ConfiguredCertificates(certificate, key, clock);
        return new GatewayCertificates(
                configured, "with the certificate in " + certificate + ", good until " + configured.until());
    }

    private static GatewayCertificates local(Addresses addresses, Path folder, Clock clock) {
        CertifiedNames names = CertifiedNames.of(
                addresses.gatewayPublicUrl().getHost(),
                addresses.browserDomain(),
                addresses.hosts().values());
        return new GatewayCertificates(
                new LocalCertificates(folder, names, clock, new SecureRandom()),
                "SSL_CERT_FILE=" + LocalCertificates.authorityFile(folder)
                        + " before a command makes that one command trust it");
    }
}
