package io.headgate.certificate;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/// Certificates of the local authority for the gateway: in memory alone, each for a month, and made again when half of
/// it is over.
public final class LocalCertificates implements ServerCertificates {
    static final Duration LIFETIME = Duration.ofDays(30);

    private static final Duration LEFT_AT_RENEWAL = Duration.ofDays(15);

    private final CertifiedNames names;
    private final Clock clock;
    private final CertificateForm form;
    private final LocalAuthority authority;
    private volatile LocalIdentity current;

    /// Opens the authority in this folder, or makes it.
    public LocalCertificates(Path folder, CertifiedNames names, Clock clock, SecureRandom random) {
        this.names = names;
        this.clock = clock;
        this.form = new CertificateForm(random);
        Instant now = clock.instant();
        this.authority = LocalAuthority.in(folder, names, form, now);
        this.current = identity(now);
    }

    /// The file that a client must trust; everybody may read it.
    public static Path authorityFile(Path folder) {
        return LocalAuthority.certificateFile(folder);
    }

    @Override
    public ServerIdentity current() {
        return current;
    }

    @Override
    public void refresh() {
        Instant now = clock.instant();
        authority.refresh(now);
        Validity validity = current.validity();
        // A clock that was put back may be before it.
        if (!validity.includes(now) || !now.plus(LEFT_AT_RENEWAL).isBefore(validity.until())) {
            current = identity(now);
        }
    }

    X509Certificate authority() {
        return authority.certificate();
    }

    private LocalIdentity identity(Instant now) {
        return new LocalIdentity(
                authority,
                names,
                form.newKeys(),
                new Validity(now.minus(LocalAuthority.BACKDATED), now.plus(LIFETIME)));
    }
}
