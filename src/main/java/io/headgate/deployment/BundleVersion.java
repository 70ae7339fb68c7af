package io.headgate.deployment;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;

/// Names one immutable version of a Deployment's DAG bundle, for example `2024-07-30T21:38:31.7295641Z` (D6).
///
/// Clients treat it as opaque; as a name of a folder it can lead nowhere else.
public record BundleVersion(@JsonValue String text) {
    /// In characters.
    public static final int LENGTH_MAX = 100;

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:+-]{0," + (LENGTH_MAX - 1) + "}");
    private static final DateTimeFormatter SEVEN_DIGITS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSS'Z'").withZone(ZoneOffset.UTC);

    @JsonCreator
    public BundleVersion {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("not the name of a bundle version");
        }
    }

    /// The version of an upload that ended then; two of one Deployment must not end in the same 100 ns.
    public static BundleVersion uploadedAt(Instant end) {
        return new BundleVersion(SEVEN_DIGITS.format(end));
    }

    public static Optional<BundleVersion> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new BundleVersion(text)) : Optional.empty();
    }

    /// Its folder, which is also what Airflow calls the version: the same without colons.
    public String folderName() {
        return text.replace(':', '-');
    }

    @Override
    public String toString() {
        return text;
    }
}
