package io.headgate.certificate;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// How the certificates of the local authority are made: P-256 and SHA-256, which every client of today takes.
final class CertificateForm {
    private static final String SIGNATURE = "SHA256withECDSA";
    private static final int SERIAL_BITS = 120;
    private static final int KEY_IDENTIFIER_BYTES = 20;

    private final SecureRandom random;

    CertificateForm(SecureRandom random) {
        this.random = random;
    }

    KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("P-256 is missing from this Java", e);
        }
    }

    /// An authority that certifies servers, directly, below these names, and nothing else.
    X509Certificate authority(X500Name name, KeyPair keys, NameConstraints constraints, Validity validity) {
        return signed(name, keys.getPublic(), name, keys, validity, certificate -> {
            certificate.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            certificate.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            certificate.addExtension(
                    Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
            certificate.addExtension(Extension.nameConstraints, true, constraints);
        });
    }

    /// A server with these names.
    X509Certificate server(
            X500Name subject,
            PublicKey key,
            X500Name issuer,
            KeyPair issuerKeys,
            List<GeneralName> names,
            Validity validity) {
        return signed(subject, key, issuer, issuerKeys, validity, certificate -> {
            certificate.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            certificate.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            certificate.addExtension(
                    Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
            certificate.addExtension(
                    Extension.subjectAlternativeName, false, new GeneralNames(names.toArray(GeneralName[]::new)));
            certificate.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    new AuthorityKeyIdentifier(keyIdentifier(issuerKeys.getPublic())));
        });
    }

    static NameConstraints constraints(CertifiedNames names) {
        List<GeneralSubtree> permitted = new ArrayList<>();
        names.domains().forEach(domain -> permitted.add(new GeneralSubtree(dns(domain))));
        // A kind of name that no subtree speaks of is not constrained at all: addresses must be in the list.
        names.addresses().forEach(address -> permitted.add(new GeneralSubtree(only(address))));
        return new NameConstraints(permitted.toArray(GeneralSubtree[]::new), null);
    }

    static GeneralName dns(String host) {
        return new GeneralName(GeneralName.dNSName, host);
    }

    static GeneralName ip(InetAddress address) {
        return new GeneralName(GeneralName.iPAddress, new DEROctetString(address.getAddress()));
    }

    /// The hash of a public key by which certificates refer to it, with SHA-256 (RFC 7093 §2).
    static byte[] keyIdentifier(PublicKey key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(keyOf(key).getPublicKeyData().getOctets());
            return Arrays.copyOf(hash, KEY_IDENTIFIER_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// An address and the mask that leaves no other (RFC 5280 §4.2.1.10).
    private static GeneralName only(InetAddress address) {
        byte[] bytes = address.getAddress();
        byte[] withMask = new byte[2 * bytes.length];
        System.arraycopy(bytes, 0, withMask, 0, bytes.length);
        Arrays.fill(withMask, bytes.length, withMask.length, (byte) 0xff);
        return new GeneralName(GeneralName.iPAddress, new DEROctetString(withMask));
    }

    private interface Extensions {
        void addTo(X509v3CertificateBuilder certificate) throws IOException;
    }

    private X509Certificate signed(
            X500Name subject, PublicKey key, X500Name issuer, KeyPair issuerKeys, Validity validity, Extensions more) {
        X509v3CertificateBuilder builder =
                new X509v3CertificateBuilder(issuer, serial(), validity.start(), validity.end(), subject, keyOf(key));
        try {
            builder.addExtension(Extension.subjectKeyIdentifier, false, new SubjectKeyIdentifier(keyIdentifier(key)));
            more.addTo(builder);
            byte[] encoded = builder.build(signer(issuerKeys.getPrivate())).getEncoded();
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("a certificate could not be signed", e);
        }
    }

    private ContentSigner signer(PrivateKey key) throws OperatorCreationException {
        return new JcaContentSignerBuilder(SIGNATURE).setSecureRandom(random).build(key);
    }

    private BigInteger serial() {
        return new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS);
    }

    private static SubjectPublicKeyInfo keyOf(PublicKey key) {
        return SubjectPublicKeyInfo.getInstance(key.getEncoded());
    }
}
