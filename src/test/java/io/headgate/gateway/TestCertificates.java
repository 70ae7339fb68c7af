package io.headgate.gateway;

import io.headgate.certificate.CertifiedNames;
import io.headgate.certificate.LocalCertificates;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.time.Clock;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// A local authority for tests, and clients that trust it.
final class TestCertificates {
    private static final Path FOLDER = folder();

    static final LocalCertificates LOCAL = new LocalCertificates(
            FOLDER,
            CertifiedNames.of("localhost", "localhost", List.of("reports.example.com")),
            Clock.systemUTC(),
            new SecureRandom());

    private TestCertificates() {}

    /// Trusts the local authority and nobody else.
    static SSLContext trusting() {
        return trusting(LocalCertificates.authorityFile(FOLDER));
    }

    static SSLContext trusting(Path authority) {
        try (InputStream in = Files.newInputStream(authority)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setCertificateEntry(
                    "authority", CertificateFactory.getInstance("X.509").generateCertificate(in));
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static Path folder() {
        try {
            Path folder = Files.createTempDirectory("headgate-tls");
            folder.toFile().deleteOnExit();
            folder.resolve("ca.pem").toFile().deleteOnExit();
            folder.resolve("ca-key.pem").toFile().deleteOnExit();
            return folder;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
