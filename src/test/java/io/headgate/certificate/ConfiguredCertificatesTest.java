package io.headgate.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.testing.TestingClock;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// PEM files of the operator: a bad one stops the start and says which; later a good one takes over and a bad one does
/// not.
class ConfiguredCertificatesTest {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final Validity VALID =
            new Validity(START.minus(Duration.ofDays(1)), START.plus(Duration.ofDays(60)));
    private static final X500Name NAME = new X500Name("CN=test");

    private final TestingClock clock = new TestingClock(START);
    private final CertificateForm form = new CertificateForm(new SecureRandom());
    private final KeyPair keys = form.newKeys();
    private final X509Certificate certificate = made(keys, VALID);

    @TempDir
    private Path folder;

    private Path certificateFile;
    private Path keyFile;

    @BeforeEach
    void files() throws IOException {
        certificateFile = Files.writeString(folder.resolve("tls.crt"), PemText.of(certificate));
        keyFile = Files.writeString(folder.resolve("tls.key"), PemText.of(keys.getPrivate()));
    }

    @Test
    void theChainIsShownWhateverNameIsAskedFor() throws IOException {
        X509Certificate authority = made(form.newKeys(), VALID);
        Files.writeString(certificateFile, "a comment\n" + PemText.of(certificate) + PemText.of(authority));
        ConfiguredCertificates configured = open();

        assertThat(configured.current().chain("")).containsExactly(certificate, authority);
        assertThat(configured.current().chain("any.example.com")).containsExactly(certificate, authority);
        assertThat(configured.current().key()).isEqualTo(keys.getPrivate());
        assertThat(configured.until()).isEqualTo(VALID.until());
    }

    @Test
    void theFormsInWhichToolsWriteKeysAreRead() throws IOException {
        Files.writeString(keyFile, pem(keys));
        assertThat(Files.readString(keyFile)).contains("BEGIN EC PRIVATE KEY");
        assertThat(open().current().chain("")).containsExactly(certificate);

        Files.writeString(certificateFile, pem(keys) + PemText.of(certificate));
        assertThat(new ConfiguredCertificates(certificateFile, certificateFile, clock)
                        .current()
                        .chain(""))
                .as("both in one file")
                .containsExactly(certificate);
    }

    @Test
    void aFileThatCannotBeUsedStopsTheStartAndIsNamed() throws IOException {
        String good = Files.readString(certificateFile);
        String key = Files.readString(keyFile);
        refused(certificateFile, "", "gateway.tls.certificate-file", "holds no certificate");
        refused(certificateFile, key, "gateway.tls.certificate-file", "holds no certificate");
        refused(certificateFile, good.substring(0, 100), "gateway.tls.certificate-file", "not well-formed");
        refused(certificateFile, good.replaceAll("(?m)^M", "!"), "gateway.tls.certificate-file", "not well-formed");
        refused(certificateFile, "x".repeat(2 << 20), "gateway.tls.certificate-file", "2097152 bytes, at most 1048576");
        refused(keyFile, good, "gateway.tls.key-file", "holds no private key");
        refused(keyFile, "\u0000\u0001", "gateway.tls.key-file", "holds no private key");
        refused(keyFile, PemText.of(form.newKeys().getPrivate()), "gateway.tls.key-file", "does not belong");
        refused(keyFile, encrypted(keys), "gateway.tls.key-file", "passphrase");
        Validity over = new Validity(START.minus(Duration.ofDays(9)), START);
        refused(certificateFile, PemText.of(made(keys, over)), "gateway.tls.certificate-file", "ended at " + START);
        Instant tomorrow = START.plus(Duration.ofDays(1));
        Validity later = new Validity(tomorrow, START.plus(Duration.ofDays(9)));
        refused(
                certificateFile,
                PemText.of(made(keys, later)),
                "gateway.tls.certificate-file",
                "only from " + tomorrow);
        assertThat(open().current().chain("")).as("control").containsExactly(certificate);

        Files.delete(keyFile);
        assertThatThrownBy(this::open)
                .hasMessage("setting gateway.tls.key-file: the file " + keyFile + " does not exist");
    }

    @Test
    void aChangedFileIsReadAgainHoweverItWasChanged() throws IOException {
        ConfiguredCertificates configured = open();
        ServerIdentity first = configured.current();
        configured.refresh();
        assertThat(configured.current()).as("nothing changed").isSameAs(first);

        X509Certificate second = made(keys, VALID);
        Files.writeString(certificateFile, PemText.of(second));
        configured.refresh();
        assertThat(configured.current().chain("")).as("written over").containsExactly(second);

        X509Certificate third = made(keys, VALID);
        Path beside = Files.writeString(folder.resolve("new"), PemText.of(third));
        Files.setLastModifiedTime(beside, Files.getLastModifiedTime(certificateFile));
        Files.move(beside, certificateFile, StandardCopyOption.ATOMIC_MOVE);
        configured.refresh();
        assertThat(configured.current().chain("")).as("replaced").containsExactly(third);
    }

    /// As Kubernetes mounts a Secret: the files are links through a folder that is itself a link.
    @Test
    void aLinkThatIsSwappedIsFollowed() throws IOException {
        KeyPair otherKeys = form.newKeys();
        X509Certificate other = made(otherKeys, VALID);
        version("..1", certificate, keys);
        version("..2", other, otherKeys);
        Path data = Files.createSymbolicLink(folder.resolve("..data"), Path.of("..1"));
        Path mountedCertificate = Files.createSymbolicLink(folder.resolve("m.crt"), Path.of("..data/tls.crt"));
        Path mountedKey = Files.createSymbolicLink(folder.resolve("m.key"), Path.of("..data/tls.key"));
        ConfiguredCertificates configured = new ConfiguredCertificates(mountedCertificate, mountedKey, clock);
        assertThat(configured.current().chain("")).containsExactly(certificate);

        Path next = Files.createSymbolicLink(folder.resolve("..data_tmp"), Path.of("..2"));
        Files.move(next, data, StandardCopyOption.ATOMIC_MOVE);
        configured.refresh();

        assertThat(configured.current().chain("")).containsExactly(other);
        assertThat(configured.current().key()).isEqualTo(otherKeys.getPrivate());
    }

    @Test
    void aBadFileLeavesTheOldOneInUseAndIsWarnedOfOnce() throws IOException {
        ConfiguredCertificates configured = open();
        List<String> warnings = new ArrayList<>();
        Handler handler = collecting(warnings);
        Logger log = Logger.getLogger(ConfiguredCertificates.class.getName());
        log.addHandler(handler);
        try {
            KeyPair otherKeys = form.newKeys();
            X509Certificate other = made(otherKeys, VALID);
            Files.writeString(certificateFile, PemText.of(other));
            configured.refresh();
            assertThat(configured.current().chain("")).containsExactly(certificate);
            assertThat(warnings).as("the key may be about to follow").isEmpty();
            Files.writeString(keyFile, PemText.of(otherKeys.getPrivate()));
            configured.refresh();
            assertThat(configured.current().chain("")).as("control: it did").containsExactly(other);

            Files.writeString(keyFile, "nothing");
            for (int i = 0; i < 5; i++) {
                configured.refresh();
            }
            assertThat(configured.current().chain("")).containsExactly(other);
            assertThat(warnings).singleElement().asString().contains(keyFile.toString(), "gateway.tls.key-file");

            Files.delete(keyFile);
            configured.refresh();
            configured.refresh();
            assertThat(warnings).hasSize(2).last().asString().contains("does not exist");

            Files.writeString(keyFile, PemText.of(otherKeys.getPrivate()));
            configured.refresh();
            assertThat(configured.current().key()).isEqualTo(otherKeys.getPrivate());
        } finally {
            log.removeHandler(handler);
        }
    }

    @Test
    void anEndThatIsNearIsWarnedOfOnce() throws IOException {
        ConfiguredCertificates configured = open();
        List<String> warnings = new ArrayList<>();
        Handler handler = collecting(warnings);
        Logger log = Logger.getLogger(ConfiguredCertificates.class.getName());
        log.addHandler(handler);
        try {
            for (int day = 0; day < 45; day++) {
                configured.refresh();
                clock.advance(Duration.ofDays(1));
            }
            assertThat(warnings).as("two weeks and more are left").isEmpty();

            clock.advance(Duration.ofDays(2));
            configured.refresh();
            configured.refresh();
            assertThat(warnings).singleElement().asString().contains(certificateFile.toString());
        } finally {
            log.removeHandler(handler);
        }
    }

    private ConfiguredCertificates open() {
        return new ConfiguredCertificates(certificateFile, keyFile, clock);
    }

    private void refused(Path file, String content, String setting, String why) throws IOException {
        String before = Files.readString(file);
        Files.writeString(file, content);
        assertThatThrownBy(this::open)
                .isInstanceOf(UnusableCertificateException.class)
                .hasMessageContaining(setting)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(why);
        Files.writeString(file, before);
    }

    private X509Certificate made(KeyPair pair, Validity validity) {
        return form.server(NAME, pair.getPublic(), NAME, pair, List.of(CertificateForm.dns("localhost")), validity);
    }

    private void version(String name, X509Certificate shown, KeyPair pair) throws IOException {
        Path version = Files.createDirectory(folder.resolve(name));
        Files.writeString(version.resolve("tls.crt"), PemText.of(shown));
        Files.writeString(version.resolve("tls.key"), PemText.of(pair.getPrivate()));
    }

    /// As `openssl ecparam -genkey` writes it (SEC 1), with curve and public half.
    private static String pem(KeyPair pair) throws IOException {
        StringWriter text = new StringWriter();
        try (PemWriter writer = new PemWriter(text)) {
            writer.writeObject(new PemObject(
                    "EC PRIVATE KEY",
                    new ECPrivateKey(
                                    256,
                                    ((java.security.interfaces.ECPrivateKey) pair.getPrivate()).getS(),
                                    SubjectPublicKeyInfo.getInstance(
                                                    pair.getPublic().getEncoded())
                                            .getPublicKeyData(),
                                    PrivateKeyInfo.getInstance(pair.getPrivate().getEncoded())
                                            .getPrivateKeyAlgorithm()
                                            .getParameters())
                            .getEncoded()));
        }
        return text.toString();
    }

    /// As `openssl ec -aes256` writes it.
    private static String encrypted(KeyPair pair) throws IOException {
        return pem(pair)
                .replace(
                        "BEGIN EC PRIVATE KEY-----\n",
                        "BEGIN EC PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,"
                                + "00112233445566778899AABBCCDDEEFF\n\n");
    }

    private static Handler collecting(List<String> warnings) {
        return new Handler() {
            @Override
            public void publish(LogRecord entry) {
                if (entry.getLevel().intValue() >= Level.WARNING.intValue()) {
                    warnings.add(entry.getMessage());
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }
}
