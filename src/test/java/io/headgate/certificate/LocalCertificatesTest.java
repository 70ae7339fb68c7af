package io.headgate.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.testing.TestingClock;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The authority of a data folder: good for its own names and nothing else, always fresh, and never lost for no reason.
class LocalCertificatesTest {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final CertifiedNames LOCALHOST = CertifiedNames.of("localhost", "localhost", List.of());
    private static final CertifiedNames CONFIGURED =
            CertifiedNames.of("airflow.example.com", "apps.example.com", List.of("Reports.example.org"));

    private final TestingClock clock = new TestingClock(START);
    private final CertificateForm form = new CertificateForm(new SecureRandom());

    @TempDir
    private Path data;

    private Path folder;

    @BeforeEach
    void folder() {
        folder = data.resolve("tls");
    }

    @Test
    void whoeverTrustsItTrustsItForTheNamesOfThisInstallationAlone() throws IOException {
        LocalAuthority authority = LocalAuthority.in(folder, CONFIGURED, form, START);
        for (GeneralName ours : List.of(
                CertificateForm.dns("localhost"),
                CertificateForm.dns("quick.localhost"),
                CertificateForm.dns("airflow.example.com"),
                CertificateForm.dns("quick.apps.example.com"),
                CertificateForm.dns("reports.example.org"),
                CertificateForm.ip(InetAddress.ofLiteral("127.0.0.1")),
                CertificateForm.ip(InetAddress.ofLiteral("::1")))) {
            assertThat(isTrusted(authority, ours)).as(ours.toString()).isTrue();
        }
        for (GeneralName foreign : List.of(
                CertificateForm.dns("example.com"),
                CertificateForm.dns("other.example.com"),
                CertificateForm.dns("notlocalhost"),
                CertificateForm.dns("localhost.example.net"),
                CertificateForm.dns("example.org"),
                CertificateForm.ip(InetAddress.ofLiteral("127.0.0.2")),
                CertificateForm.ip(InetAddress.ofLiteral("10.0.0.1")),
                CertificateForm.ip(InetAddress.ofLiteral("::2")))) {
            assertThat(isTrusted(authority, foreign)).as(foreign.toString()).isFalse();
            assertThat(Trust.unconstrained(authority.certificate(), signed(authority, foreign), START))
                    .as("control: it is the constraint that refuses")
                    .isTrue();
        }
    }

    @Test
    void itCertifiesServersDirectlyAndNothingElse() throws Exception {
        X509Certificate authority =
                LocalAuthority.in(folder, LOCALHOST, form, START).certificate();

        assertThat(authority.getBasicConstraints()).isZero();
        assertThat(authority.getCriticalExtensionOIDs()).contains("2.5.29.19", "2.5.29.15", "2.5.29.30");
        assertThat(authority.getKeyUsage())
                .containsExactly(false, false, false, false, false, true, true, false, false);
        assertThat(authority.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
        X509Certificate server = shown(certificates(LOCALHOST));
        assertThat(server.getBasicConstraints()).isEqualTo(-1);
        assertThat(server.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
    }

    @Test
    void itsKeyIsForNobodyElseAndItsCertificateForEverybody() throws IOException {
        certificates(LOCALHOST);

        assertThat(mode(folder.resolve("ca-key.pem"))).isEqualTo("rw-------");
        assertThat(mode(folder.resolve("ca.pem"))).isEqualTo("rw-r--r--");
        assertThat(mode(folder)).isEqualTo("rwxr-xr-x");
        assertThat(folder.resolve("ca.pem")).content().contains("CERTIFICATE").doesNotContain("KEY");
        assertThat(folder.resolve("ca-key.pem")).content().contains("PRIVATE KEY");

        Files.setPosixFilePermissions(folder.resolve("ca-key.pem"), PosixFilePermissions.fromString("rw-r--r--"));
        certificates(LOCALHOST);
        assertThat(mode(folder.resolve("ca-key.pem"))).isEqualTo("rw-------");
    }

    @Test
    void itOutlivesRestartsAndWhatACrashLeaves() throws IOException {
        X509Certificate first = certificates(LOCALHOST).authority();
        assertThat(certificates(LOCALHOST).authority()).isEqualTo(first);

        Files.writeString(folder.resolve("ca-key.pem.tmp"), "half a k");
        Files.writeString(folder.resolve("ca.pem.new"), "half a c");
        Files.delete(folder.resolve("ca.pem"));
        assertThat(certificates(LOCALHOST).authority()).isEqualTo(first);
        assertThat(folder.resolve("ca.pem")).content().isEqualTo(PemText.of(first));

        LocalCertificates running = certificates(LOCALHOST);
        Files.writeString(folder.resolve("ca.pem"), "written over");
        running.refresh();
        assertThat(folder.resolve("ca.pem")).content().isEqualTo(PemText.of(first));
    }

    @Test
    void aKeyThatIsBrokenOrGoneIsMadeAnew() throws IOException {
        X509Certificate first = certificates(LOCALHOST).authority();
        Path file = folder.resolve("ca-key.pem");
        String whole = Files.readString(file);
        String foreign = PemText.of(form.newKeys().getPrivate()) + PemText.of(first);
        for (String broken :
                List.of("", "x", whole.substring(0, 80), whole.replaceAll("(?m)^[A-Za-z0-9]", "!"), foreign)) {
            Files.writeString(file, broken);
            LocalCertificates healed = certificates(LOCALHOST);

            assertThat(healed.authority()).isNotEqualTo(first);
            assertThat(Trust.in(healed.authority(), shown(healed), START)).isTrue();
            assertThat(folder.resolve("ca.pem")).content().isEqualTo(PemText.of(healed.authority()));
        }
        Files.writeString(file, whole);
        assertThat(certificates(LOCALHOST).authority())
                .as("control: a restored one")
                .isEqualTo(first);
        Files.delete(file);
        assertThat(certificates(LOCALHOST).authority()).isNotEqualTo(first);
    }

    @Test
    void aFolderThatCannotBeUsedIsNamed() throws IOException {
        Files.writeString(folder, "a file");

        assertThatThrownBy(() -> certificates(LOCALHOST))
                .isInstanceOf(UnusableCertificateException.class)
                .hasMessageContaining(folder.toString());
    }

    @Test
    void aYearBeforeItsEndItIsRenewedWithTheSameKeyAndCopiesOfItStayGood() {
        LocalCertificates running = certificates(LOCALHOST);
        X509Certificate copied = running.authority();
        Duration untilRenewal = LocalAuthority.LIFETIME.minus(LocalAuthority.LEFT_AT_RENEWAL);
        clock.advance(untilRenewal.minusMinutes(1));
        running.refresh();
        assertThat(running.authority()).isEqualTo(copied);

        clock.advance(Duration.ofMinutes(2));
        running.refresh();

        assertThat(running.authority()).isNotEqualTo(copied);
        assertThat(running.authority().getPublicKey()).isEqualTo(copied.getPublicKey());
        assertThat(folder.resolve("ca.pem")).content().isEqualTo(PemText.of(running.authority()));
        clock.advance(LocalAuthority.LEFT_AT_RENEWAL.minusDays(1));
        running.refresh();
        assertThat(Trust.in(copied, shown(running), clock.instant()))
                .as("a copy from before")
                .isTrue();
        clock.advance(Duration.ofDays(2));
        running.refresh();
        assertThat(Trust.in(copied, shown(running), clock.instant()))
                .as("control: it ends")
                .isFalse();
        assertThat(Trust.in(running.authority(), shown(running), clock.instant()))
                .isTrue();
    }

    @Test
    void otherNamesInTheSettingsGiveTheSameKeyAnotherCertificate() {
        X509Certificate copied = certificates(LOCALHOST).authority();
        LocalCertificates changed = certificates(CONFIGURED);

        assertThat(changed.authority().getPublicKey()).isEqualTo(copied.getPublicKey());
        X509Certificate deployment =
                changed.current().chain("quick.apps.example.com").getFirst();
        assertThat(Trust.in(changed.authority(), deployment, START)).isTrue();
        assertThat(Trust.in(copied, deployment, START))
                .as("an earlier copy knows nothing of the new names")
                .isFalse();
        assertThat(certificates(CONFIGURED).authority()).isEqualTo(changed.authority());
    }

    @Test
    void theCertificatesOfTheGatewayAreRenewedWhileItRuns() {
        LocalCertificates running = certificates(LOCALHOST);
        for (int day = 0; day < 400; day++) {
            ServerIdentity before = running.current();
            running.refresh();
            X509Certificate shown = shown(running);
            Validity validity = Validity.of(shown);

            assertThat(Trust.in(running.authority(), shown, clock.instant())).isTrue();
            assertThat(Duration.between(clock.instant(), validity.until())).isGreaterThan(Duration.ofDays(14));
            assertThat(Duration.between(validity.from(), validity.until())).isLessThan(Duration.ofDays(90));
            if (day % 15 != 0) {
                assertThat(running.current()).as("day " + day).isSameAs(before);
            }
            clock.advance(Duration.ofDays(1));
        }
    }

    @Test
    void aClockThatWasWrongDoesNoLastingHarm() {
        clock.advance(Duration.ofDays(3650));
        LocalCertificates running = certificates(LOCALHOST);
        clock.moveTo(START);
        running.refresh();

        assertThat(Trust.in(running.authority(), shown(running), START)).isTrue();
    }

    @Test
    void theNameOfADeploymentIsProvedToWhoAsksForItAndShownToNobodyElse() throws Exception {
        ServerIdentity identity = certificates(CONFIGURED).current();

        assertThat(names(identity, ""))
                .containsExactly(
                        "localhost", "airflow.example.com", "apps.example.com", "127.0.0.1", "0:0:0:0:0:0:0:1");
        assertThat(List.of(
                        "localhost",
                        "AIRFLOW.example.com",
                        "example.com",
                        "a.b.apps.example.com",
                        "*.apps.example.com"))
                .allSatisfy(name -> assertThat(identity.chain(name)).isSameAs(identity.chain("")));
        assertThat(names(identity, "Quick.apps.example.com")).containsExactly("quick.apps.example.com");
        assertThat(names(identity, "no-such-one.apps.example.com"))
                .as("a stranger cannot tell")
                .containsExactly("no-such-one.apps.example.com");
        assertThat(names(identity, "reports.example.org")).containsExactly("reports.example.org");
        assertThat(identity.chain("quick.apps.example.com"))
                .as("made once")
                .isSameAs(identity.chain("quick.apps.example.com"));
        assertThat(identity.chain("quick.apps.example.com").getFirst().getPublicKey())
                .isEqualTo(identity.chain("").getFirst().getPublicKey());
    }

    @Test
    void anAddressInsteadOfAHostNameIsProvedToo() throws Exception {
        CertifiedNames names = CertifiedNames.of("[2001:db8::5]", "[2001:db8::5]", List.of());

        assertThat(names(certificates(names).current(), ""))
                .containsExactly("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1", "2001:db8:0:0:0:0:0:5");
        assertThatThrownBy(() -> CertifiedNames.of("air flow", "localhost", List.of()))
                .hasMessageContaining("air flow");
    }

    private LocalCertificates certificates(CertifiedNames names) {
        return new LocalCertificates(folder, names, clock, new SecureRandom());
    }

    private boolean isTrusted(LocalAuthority authority, GeneralName name) {
        return Trust.in(authority.certificate(), signed(authority, name), START);
    }

    private X509Certificate signed(LocalAuthority authority, GeneralName name) {
        KeyPair keys = form.newKeys();
        return authority.certify(keys.getPublic(), List.of(name), new Validity(START, START.plus(Duration.ofDays(30))));
    }

    private static X509Certificate shown(LocalCertificates certificates) {
        return certificates.current().chain("").getFirst();
    }

    private static List<String> names(ServerIdentity identity, String asked) throws Exception {
        return identity.chain(asked).getFirst().getSubjectAlternativeNames().stream()
                .map(name -> (String) name.get(1))
                .toList();
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
