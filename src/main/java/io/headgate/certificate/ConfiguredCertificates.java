package io.headgate.certificate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.jboss.logging.Logger;

/// A certificate and its key from PEM files of the operator, read again when they change.
///
/// What counts is the content: a file that was replaced, written over, or reached by another symbolic link. Files that
/// cannot be used stop the start, and later leave what was read before in use. As certificate and key are two files, a
/// look can fall between the two changes: only what is still unusable at the next look is complained about, once.
public final class ConfiguredCertificates implements ServerCertificates {
    /// The settings that name the files, for messages.
    public static final String CERTIFICATE_SETTING = "gateway.tls.certificate-file";

    public static final String KEY_SETTING = "gateway.tls.key-file";

    private static final Logger LOG = Logger.getLogger(ConfiguredCertificates.class);
    private static final long BYTES_MAX = 1 << 20;

    /// Whatever renews certificates does so earlier, so it has failed by then.
    private static final Duration END_IS_NEAR = Duration.ofDays(14);

    private final Path certificateFile;
    private final Path keyFile;
    private final Clock clock;
    private String used;
    private String objection = "";
    private String warnedOf = "";
    private Instant endWarnedOf = Instant.MIN;
    private volatile Configured current;

    private record Configured(PrivateKey key, List<X509Certificate> certificates, Validity validity)
            implements ServerIdentity {
        @Override
        public List<X509Certificate> chain(String serverName) {
            return certificates;
        }

        @Override
        public String toString() {
            return "Configured[***]";
        }
    }

    /// Reads both files; the exception says what is wrong with which.
    public ConfiguredCertificates(Path certificateFile, Path keyFile, Clock clock) {
        this.certificateFile = certificateFile;
        this.keyFile = keyFile;
        this.clock = clock;
        Texts texts = read();
        this.current = usable(texts);
        this.used = texts.digest();
    }

    /// Until when the certificate in use is good.
    public Instant until() {
        return current.validity.until();
    }

    @Override
    public ServerIdentity current() {
        return current;
    }

    @Override
    public void refresh() {
        String found = "";
        try {
            Texts texts = read();
            found = texts.digest();
            if (!found.equals(used)) {
                current = usable(texts);
                used = found;
                LOG.infof("Read the certificate in %s again; it is good until %s", certificateFile, until());
            }
            objection = "";
            warnedOf = "";
        } catch (UnusableCertificateException unusable) {
            object(found + unusable.getMessage(), unusable);
        }
        warnOfEnd();
    }

    private void warnOfEnd() {
        Instant until = until();
        if (!until.equals(endWarnedOf) && !clock.instant().plus(END_IS_NEAR).isBefore(until)) {
            LOG.warnf("The certificate in %s is good only until %s", certificateFile, until);
            endWarnedOf = until;
        }
    }

    private void object(String latest, UnusableCertificateException unusable) {
        if (latest.equals(objection) && !latest.equals(warnedOf)) {
            LOG.warnf("%s. The one read before stays in use; it is good until %s", unusable.getMessage(), until());
            warnedOf = latest;
        }
        objection = latest;
    }

    /// What both files hold; compared by a hash, so that no more than one copy of a key is in memory.
    private record Texts(String certificate, String key) {
        String digest() {
            try {
                MessageDigest digest = MessageDigest.getInstance("SHA-256");
                digest.update(certificate.getBytes(StandardCharsets.ISO_8859_1));
                digest.update((byte) 0);
                return HexFormat.of().formatHex(digest.digest(key.getBytes(StandardCharsets.ISO_8859_1)));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public String toString() {
            return "Texts[***]";
        }
    }

    private Texts read() {
        return new Texts(read(CERTIFICATE_SETTING, certificateFile), read(KEY_SETTING, keyFile));
    }

    private Configured usable(Texts texts) {
        List<X509Certificate> certificates =
                parsed(CERTIFICATE_SETTING, certificateFile, () -> PemText.certificates(texts.certificate()));
        PrivateKey key = parsed(KEY_SETTING, keyFile, () -> PemText.key(texts.key()));
        X509Certificate first = certificates.getFirst();
        if (!KeyMatch.isPair(new KeyPair(first.getPublicKey(), key))) {
            throw unusable(
                    KEY_SETTING,
                    keyFile,
                    "does not belong to the first certificate in " + certificateFile
                            + ", which must be the server's own, before those of its authorities");
        }
        Validity validity = Validity.of(first);
        Instant now = clock.instant();
        if (!validity.includes(now)) {
            throw unusable(
                    CERTIFICATE_SETTING,
                    certificateFile,
                    now.isBefore(validity.from())
                            ? "holds a certificate that is good only from " + validity.from() + " on"
                            : "holds a certificate that ended at " + validity.until());
        }
        return new Configured(key, certificates, validity);
    }

    private interface Parser<T> {
        T parse() throws PemText.Unreadable;
    }

    private static <T> T parsed(String setting, Path file, Parser<T> parser) {
        try {
            return parser.parse();
        } catch (PemText.Unreadable e) {
            throw unusable(setting, file, String.valueOf(e.getMessage()));
        }
    }

    private static String read(String setting, Path file) {
        try {
            long bytes = Files.size(file);
            if (bytes > BYTES_MAX) {
                throw unusable(setting, file, "has " + bytes + " bytes, at most " + BYTES_MAX + " are read");
            }
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            throw unusable(setting, file, "does not exist");
        } catch (IOException e) {
            throw unusable(setting, file, "cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }

    private static UnusableCertificateException unusable(String setting, Path file, String why) {
        return new UnusableCertificateException("setting " + setting + ": the file " + file + " " + why);
    }
}
