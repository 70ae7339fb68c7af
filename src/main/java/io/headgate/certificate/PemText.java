package io.headgate.certificate;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMException;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;

/// Certificates and keys as text, in the forms in which tools write them: PKCS #8, PKCS #1 and SEC 1, each beside other
/// things in one file or not.
final class PemText {
    private PemText() {}

    /// What cannot be read; the message completes the sentence "the file …".
    static final class Unreadable extends Exception {
        Unreadable(String message) {
            super(message);
        }
    }

    /// All certificates in their order; other things are passed over.
    static List<X509Certificate> certificates(String text) throws Unreadable {
        List<X509Certificate> certificates = new ArrayList<>();
        for (Object read : all(text)) {
            if (read instanceof X509CertificateHolder holder) {
                certificates.add(certificate(holder));
            }
        }
        if (certificates.isEmpty()) {
            throw new Unreadable("holds no certificate (PEM, -----BEGIN CERTIFICATE-----)");
        }
        return certificates;
    }

    /// The first private key.
    static PrivateKey key(String text) throws Unreadable {
        for (Object read : all(text)) {
            Optional<PrivateKeyInfo> key = switch (read) {
                case PrivateKeyInfo info -> Optional.of(info);
                case PEMKeyPair pair -> Optional.of(pair.getPrivateKeyInfo());
                case PKCS8EncryptedPrivateKeyInfo _, PEMEncryptedKeyPair _ ->
                    throw new Unreadable("holds a key under a passphrase; Headgate needs it without one");
                default -> Optional.empty();
            };
            if (key.isPresent()) {
                return key(key.get());
            }
        }
        throw new Unreadable("holds no private key (PEM, -----BEGIN PRIVATE KEY-----)");
    }

    static String of(X509Certificate certificate) {
        try {
            return text("CERTIFICATE", certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static String of(PrivateKey key) {
        return text("PRIVATE KEY", key.getEncoded());
    }

    private static List<Object> all(String text) throws Unreadable {
        List<Object> all = new ArrayList<>();
        try (PEMParser parser = new PEMParser(new StringReader(text))) {
            for (Object read = parser.readObject(); read != null; read = parser.readObject()) {
                all.add(read);
            }
            return all;
        } catch (IOException | RuntimeException e) {
            // The parser's own words could quote the file.
            throw new Unreadable("is not well-formed PEM");
        }
    }

    private static X509Certificate certificate(X509CertificateHolder holder) throws Unreadable {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(holder.getEncoded()));
        } catch (IOException | GeneralSecurityException e) {
            throw new Unreadable("holds a certificate that cannot be read");
        }
    }

    private static PrivateKey key(PrivateKeyInfo info) throws Unreadable {
        try {
            return new JcaPEMKeyConverter().getPrivateKey(info);
        } catch (PEMException e) {
            throw new Unreadable("holds a key of a kind that Java does not know");
        }
    }

    private static String text(String label, byte[] content) {
        StringWriter text = new StringWriter();
        try (PemWriter writer = new PemWriter(text)) {
            writer.writeObject(new PemObject(label, content));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
