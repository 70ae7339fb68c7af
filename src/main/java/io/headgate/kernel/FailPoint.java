package io.headgate.kernel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Places where a crash would hurt most: on either side of every commit of a change that consists of several.
///
/// A test starts the server with `-Dheadgate.fail-point-file=FILE` and writes a name into that file; the first thread
/// to
/// pass that place from then on ends the process as `kill -9` would, with nothing flushed and no hook run. Without the
/// property passing costs one comparison.
public enum FailPoint {
    DEPLOYMENT_CREATE_BEFORE_COMMIT,
    DEPLOYMENT_CREATE_AFTER_COMMIT,
    DEPLOYMENT_DELETE_BEFORE_COMMIT,
    DEPLOYMENT_DELETE_AFTER_COMMIT,
    DEPLOYMENT_UPDATE_BEFORE_COMMIT,
    DEPLOYMENT_UPDATE_AFTER_COMMIT,
    WORKSPACE_CREATE_BEFORE_COMMIT,
    WORKSPACE_CREATE_AFTER_COMMIT,
    WORKSPACE_UPDATE_BEFORE_COMMIT,
    WORKSPACE_UPDATE_AFTER_COMMIT,
    WORKSPACE_DELETE_BEFORE_COMMIT,
    WORKSPACE_DELETE_AFTER_COMMIT,
    TOKEN_CREATE_BEFORE_COMMIT,
    TOKEN_CREATE_AFTER_COMMIT,
    TOKEN_UPDATE_BEFORE_COMMIT,
    TOKEN_UPDATE_AFTER_COMMIT,
    TOKEN_ROLES_BEFORE_COMMIT,
    TOKEN_ROLES_AFTER_COMMIT,
    TOKEN_DELETE_BEFORE_COMMIT,
    TOKEN_DELETE_AFTER_COMMIT,
    TOKEN_ROTATE_BEFORE_COMMIT,
    TOKEN_ROTATE_AFTER_COMMIT,
    HAND_OVER_PORT_CHANGED,
    HAND_OVER_REMEMBERED,
    HAND_OVER_TOLD,
    OVERUSE_STOPPED,
    ACTIVATION_FILES_TOUCHED,
    ACTIVATION_POINTER_WRITTEN,
    ACTIVATION_POINTER_MOVED,
    VERSION_KEEP_BEFORE_RENAME,
    VERSION_KEEP_AFTER_RENAME,
    VERSION_DISCARD_AFTER_RENAME,
    PACKAGES_INSTALL_BEFORE_RENAME,
    PACKAGES_INSTALL_AFTER_RENAME,
    DEPLOY_CREATE_BEFORE_COMMIT,
    DEPLOY_CREATE_AFTER_COMMIT,
    UPLOAD_WRITTEN_BEFORE_RENAME,
    UPLOAD_RENAMED_BEFORE_COMMIT,
    UPLOAD_AFTER_COMMIT,
    DEPLOY_FINALIZE_BEFORE_COMMIT,
    DEPLOY_FINALIZE_AFTER_COMMIT,
    DEPLOY_UNPACKED,
    DEPLOY_KEPT_BEFORE_ACTIVATION,
    DEPLOY_ACTIVATE_BEFORE_COMMIT,
    DEPLOY_ACTIVATE_AFTER_COMMIT,
    DEPLOY_LIVE_BEFORE_COMMIT,
    DEPLOY_ROLLBACK_BEFORE_COMMIT,
    DEPLOY_ROLLBACK_AFTER_COMMIT,
    DEPLOY_PURGE_BEFORE_COMMIT,
    DEPLOY_PURGE_AFTER_COMMIT,
    ALERT_CREATE_BEFORE_COMMIT,
    ALERT_CREATE_AFTER_COMMIT,
    ALERT_DELETE_BEFORE_COMMIT,
    ALERT_DELETE_AFTER_COMMIT,
    ALERT_NOTE_BEFORE_COMMIT,
    ALERT_NOTE_AFTER_COMMIT,
    EXPIRY_NOTE_BEFORE_COMMIT,
    EXPIRY_NOTE_AFTER_COMMIT,
    NOTIFICATION_CHANNEL_CREATE_BEFORE_COMMIT,
    NOTIFICATION_CHANNEL_CREATE_AFTER_COMMIT,
    NOTIFICATION_CHANNEL_DELETE_BEFORE_COMMIT,
    NOTIFICATION_CHANNEL_DELETE_AFTER_COMMIT,
    NOTIFICATION_SENT_BEFORE_COMMIT,
    AUDIT_SEAL_BEFORE_COMMIT,
    AUDIT_SEAL_AFTER_COMMIT,
    AUDIT_CHECKPOINT_WRITTEN,
    AUDIT_CUT_BEFORE_COMMIT,
    AUDIT_CUT_AFTER_COMMIT,
    REFUSALS_FLUSH_BEFORE_COMMIT,
    REFUSALS_FLUSH_AFTER_COMMIT;

    private static final int LIKE_KILL_9 = 137;
    private static final Optional<Path> ARMED_BY =
            Optional.ofNullable(System.getProperty("headgate.fail-point-file")).map(Path::of);

    /// Goes on, unless this is where the process is to die.
    public void pass() {
        if (ARMED_BY.isPresent() && armed(ARMED_BY.get())) {
            Runtime.getRuntime().halt(LIKE_KILL_9);
        }
    }

    private boolean armed(Path file) {
        try {
            return Files.exists(file) && Files.readString(file).equals(name());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the fail point from " + file, e);
        }
    }
}
