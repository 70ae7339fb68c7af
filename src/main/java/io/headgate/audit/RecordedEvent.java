package io.headgate.audit;

import io.headgate.access.Caller;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/// One row of the audit log as the database holds it.
///
/// @param subject a {@link io.headgate.access.SubjectProfile} in the text that PostgreSQL makes of it
/// @param details an object, in the same way
record RecordedEvent(
        String id,
        Instant at,
        String organizationId,
        Optional<String> workspaceId,
        Optional<String> deploymentId,
        String subject,
        String action,
        String entityType,
        String entityId,
        String outcome,
        Caller.Origin origin,
        String details) {
    /// Of {@link #sealedBytes}; a column that comes later is a new form, and old seals keep theirs.
    static final int FORM = 1;

    /// What a seal covers: every column, each with its length in front, so that nothing can move from one to the next.
    byte[] sealedBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            write(out, id);
            out.writeLong(at.getEpochSecond());
            out.writeInt(at.getNano());
            write(out, organizationId);
            write(out, workspaceId);
            write(out, deploymentId);
            write(out, subject);
            write(out, action);
            write(out, entityType);
            write(out, entityId);
            write(out, outcome);
            write(out, origin.requestId());
            write(out, origin.address());
            write(out, origin.userAgent());
            write(out, origin.client().name());
            write(out, origin.client().version());
            write(out, origin.client().system());
            write(out, origin.method());
            write(out, origin.path());
            write(out, details);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, Optional<String> text) throws IOException {
        out.writeBoolean(text.isPresent());
        write(out, text.orElse(""));
    }

    private static void write(DataOutputStream out, String text) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
    }
}
