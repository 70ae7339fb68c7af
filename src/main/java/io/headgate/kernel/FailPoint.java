package io.headgate.kernel;

/// Places where a crash would hurt most: on either side of every commit of a change that consists of several.
///
/// A test starts the server with `-Dheadgate.fail-point=NAME`; the first thread to pass that place ends the process as
/// `kill -9` would, with nothing flushed and no hook run. Otherwise passing costs one comparison.
public enum FailPoint {
    DEPLOYMENT_CREATE_BEFORE_COMMIT,
    DEPLOYMENT_CREATE_AFTER_COMMIT,
    DEPLOYMENT_DELETE_BEFORE_COMMIT,
    DEPLOYMENT_DELETE_AFTER_COMMIT,
    TOKEN_ROTATE_BEFORE_COMMIT,
    TOKEN_ROTATE_AFTER_COMMIT,
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
    DEPLOY_PURGE_AFTER_COMMIT;

    private static final int LIKE_KILL_9 = 137;
    private static final String ARMED = System.getProperty("headgate.fail-point", "");

    /// Goes on, unless this is where the process is to die.
    public void pass() {
        if (ARMED.equals(name())) {
            Runtime.getRuntime().halt(LIKE_KILL_9);
        }
    }
}
