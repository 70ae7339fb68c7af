package io.headgate.launch;

import io.headgate.access.Caller;
import io.headgate.audit.AuditExport;
import io.headgate.audit.AuditFilter;
import io.headgate.audit.AuditVerdict;
import io.headgate.kernel.OrganizationId;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.zip.GZIPOutputStream;

/// The `admin` commands about the audit log.
final class AuditAdministration {
    private final ControlPlane controlPlane;

    AuditAdministration(ControlPlane controlPlane) {
        this.controlPlane = controlPlane;
    }

    AdminAnswer verify() {
        return switch (controlPlane.audit().verification().verify()) {
            case AuditVerdict.Intact intact ->
                AdminAnswer.of("the audit log is intact: " + intact.sealed() + " events sealed, " + intact.waiting()
                        + " not yet, " + intact.removed() + " removed by retention, " + intact.checkpoints()
                        + " checkpoints");
            case AuditVerdict.Broken broken ->
                AdminAnswer.failed("the audit log is NOT intact (" + broken.kind() + "): " + broken.finding());
        };
    }

    AdminAnswer export(Caller caller, OrganizationId organization, AdminRequest request) {
        int days = request.days().orElse(AuditFilter.DAYS_DEFAULT);
        if (days < 1 || days > AuditFilter.DAYS_MAX) {
            return AdminAnswer.failed("--days must be 1 to " + AuditFilter.DAYS_MAX + ", not " + days);
        }
        Path file = Path.of(request.output().orElse(""));
        if (!file.isAbsolute()) {
            return AdminAnswer.failed("--output must name a file");
        }
        AuditFilter filter =
                AuditFilter.ofDays(organization, days, controlPlane.clock().instant());
        try (OutputStream out = fresh(file)) {
            AuditExport.Lines lines = controlPlane.audit().export().open(caller, filter);
            long count = lines.forEach(line -> write(out, line));
            return AdminAnswer.of(count + " events of the last " + days + " days are in " + file);
        } catch (FileAlreadyExistsException e) {
            return AdminAnswer.failed("--output must be a new file, and " + file + " exists");
        } catch (IOException | UncheckedIOException e) {
            return AdminAnswer.failed("cannot write " + file + ": " + e.getMessage());
        }
    }

    private static OutputStream fresh(Path file) throws IOException {
        FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        OutputStream plain = new BufferedOutputStream(Channels.newOutputStream(channel));
        return file.toString().endsWith(".gz") ? new GZIPOutputStream(plain) : plain;
    }

    private static void write(OutputStream out, String line) {
        try {
            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
