package io.headgate.certificate;

import io.headgate.storage.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.jboss.logging.Logger;

/// A certificate authority for this data folder alone: its key for nobody but us, its certificate for everybody.
///
/// 1. Its certificate says what it may certify (RFC 5280 §4.2.1.10): whoever trusts it trusts it for nothing else.
/// 2. A year before the certificate ends, or when the names change, the same key gets another certificate. Copies of an
///    earlier one stay good until that ends, for the names that stand in it.
/// 3. A key that is missing or cannot be read is made anew. What is lost is the trust in the old one.
///
/// Key and certificate are one file, which is replaced as a whole: a crash leaves the old pair, the new one or none.
/// The
/// file for everybody is a copy of its certificate, written again whenever it is not.
final class LocalAuthority {
    private static final Logger LOG = Logger.getLogger(LocalAuthority.class);

    static final Duration LIFETIME = Duration.ofDays(3 * 365);

    /// So long every copy of the certificate is good at least.
    static final Duration LEFT_AT_RENEWAL = Duration.ofDays(365);

    /// Clocks of clients may be behind.
    static final Duration BACKDATED = Duration.ofDays(1);

    private static final Set<PosixFilePermission> OPEN_FOLDER = PosixFilePermissions.fromString("rwxr-xr-x");
    private static final Set<PosixFilePermission> OPEN_FILE = PosixFilePermissions.fromString("rw-r--r--");
    private static final Set<PosixFilePermission> CLOSED_FILE = PosixFilePermissions.fromString("rw-------");
    private static final X500Name SERVER = new X500Name("CN=Headgate gateway");
    private static final int SHOWN_KEY_BYTES = 4;

    private final Path pairFile;
    private final Path certificateFile;
    private final CertificateForm form;
    private final NameConstraints constraints;
    private volatile Pair pair;

    private record Pair(KeyPair keys, X509Certificate certificate) {
        @Override
        public String toString() {
            return "Pair[***]";
        }
    }

    private LocalAuthority(Path folder, CertificateForm form, NameConstraints constraints, Instant now) {
        this.pairFile = folder.resolve("ca-key.pem");
        this.certificateFile = certificateFile(folder);
        this.form = form;
        this.constraints = constraints;
        this.pair = kept().orElseGet(() -> certified(form.newKeys(), now));
    }

    /// The authority of this folder, made if there is none, and fit for these names.
    static LocalAuthority in(Path folder, CertifiedNames names, CertificateForm form, Instant now) {
        try {
            Files.createDirectories(folder);
            Files.setPosixFilePermissions(folder, OPEN_FOLDER);
        } catch (IOException e) {
            throw new UnusableCertificateException("cannot use the folder of certificates " + folder, e);
        }
        LocalAuthority authority = new LocalAuthority(folder, form, CertificateForm.constraints(names), now);
        authority.refresh(now);
        return authority;
    }

    /// Where the certificate is that clients may trust.
    static Path certificateFile(Path folder) {
        return folder.resolve("ca.pem");
    }

    /// Renews what needs it by now, and sees to it that the file for everybody is as it should be.
    void refresh(Instant now) {
        if (!isFit(pair.certificate, now)) {
            pair = certified(pair.keys, now);
        }
        publish();
    }

    X509Certificate certificate() {
        return pair.certificate;
    }

    /// A certificate for a server; the authority does not ask itself whether the names are within its own.
    X509Certificate certify(PublicKey server, List<GeneralName> names, Validity validity) {
        return form.server(SERVER, server, name(pair.keys.getPublic()), pair.keys, names, validity);
    }

    private boolean isFit(X509Certificate certificate, Instant now) {
        Validity validity = Validity.of(certificate);
        byte[] extension = certificate.getExtensionValue(Extension.nameConstraints.getId());
        return validity.includes(now)
                && now.plus(LEFT_AT_RENEWAL).isBefore(validity.until())
                && extension != null
                && NameConstraints.getInstance(
                                ASN1OctetString.getInstance(extension).getOctets())
                        .toASN1Primitive()
                        .equals(constraints.toASN1Primitive());
    }

    private Pair certified(KeyPair keys, Instant now) {
        Validity validity = new Validity(now.minus(BACKDATED), now.plus(LIFETIME));
        Pair made = new Pair(keys, form.authority(name(keys.getPublic()), keys, constraints, validity));
        PrivateFiles.write(pairFile, PemText.of(keys.getPrivate()) + PemText.of(made.certificate));
        LOG.infof("Made the certificate of the local authority, %s, good until %s", certificateFile, validity.until());
        return made;
    }

    private Optional<Pair> kept() {
        Optional<String> text = read(pairFile);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            X509Certificate certificate = PemText.certificates(text.get()).getFirst();
            KeyPair keys = new KeyPair(certificate.getPublicKey(), PemText.key(text.get()));
            if (!KeyMatch.isPair(keys)) {
                throw new PemText.Unreadable("holds a key and a certificate that do not belong together");
            }
            close();
            return Optional.of(new Pair(keys, certificate));
        } catch (PemText.Unreadable broken) {
            LOG.warnf(
                    "The local authority's %s %s. Another is made; whoever copied %s must copy it again",
                    pairFile, broken.getMessage(), certificateFile);
            return Optional.empty();
        }
    }

    /// A restored backup may have opened it.
    private void close() {
        try {
            if (!Files.getPosixFilePermissions(pairFile).equals(CLOSED_FILE)) {
                LOG.warnf(
                        "%s could be used by others, and cannot any more. If somebody may have read it, remove it and"
                                + " start again",
                        pairFile);
                Files.setPosixFilePermissions(pairFile, CLOSED_FILE);
            }
        } catch (IOException e) {
            throw new UnusableCertificateException("cannot keep others from reading " + pairFile, e);
        }
    }

    private void publish() {
        String text = PemText.of(pair.certificate);
        if (!read(certificateFile).equals(Optional.of(text))) {
            Path complete = certificateFile.resolveSibling("ca.pem.new");
            PrivateFiles.write(complete, text);
            try {
                Files.setPosixFilePermissions(complete, OPEN_FILE);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            PrivateFiles.replace(complete, certificateFile);
        }
    }

    private static Optional<String> read(Path file) {
        try {
            return Optional.of(Files.readString(file, StandardCharsets.ISO_8859_1));
        } catch (NoSuchFileException missing) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UnusableCertificateException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /// Authorities of several installations must not look the same in a list of trusted ones.
    private static X500Name name(PublicKey key) {
        byte[] identifier = CertificateForm.keyIdentifier(key);
        return new X500Name("O=Headgate, CN=Headgate local authority "
                + HexFormat.of().formatHex(Arrays.copyOf(identifier, SHOWN_KEY_BYTES)));
    }
}
