package io.headgate.certificate;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1UTCTime;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.Time;

/// From when until when a certificate is good, to the second.
record Validity(Instant from, Instant until) {
    private static final DateTimeFormatter SHORT =
            DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter LONG =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter READ = DateTimeFormatter.ofPattern("yyyyMMddHHmmss'GMT'xxx", Locale.ROOT);

    /// Two digits of a year mean one before this (RFC 5280 §4.1.2.5).
    private static final int LONG_FROM_YEAR = 2050;

    Validity {
        from = from.truncatedTo(ChronoUnit.SECONDS);
        until = until.truncatedTo(ChronoUnit.SECONDS);
    }

    static Validity of(X509Certificate certificate) {
        try {
            Certificate read = Certificate.getInstance(certificate.getEncoded());
            return new Validity(instant(read.getStartDate()), instant(read.getEndDate()));
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    boolean includes(Instant now) {
        return !now.isBefore(from) && now.isBefore(until);
    }

    Time start() {
        return time(from);
    }

    Time end() {
        return time(until);
    }

    private static Time time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC).getYear() < LONG_FROM_YEAR
                ? new Time(new ASN1UTCTime(SHORT.format(instant)))
                : new Time(new ASN1GeneralizedTime(LONG.format(instant)));
    }

    private static Instant instant(Time time) {
        return READ.parse(time.getTime(), Instant::from);
    }
}
