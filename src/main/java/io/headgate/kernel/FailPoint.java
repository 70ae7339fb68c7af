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
    DEPLOYMENT_UPDATE_BEFORE_COMMIT,
    DEPLOYMENT_UPDATE_AFTER_COMMIT,
    WORKSPACE_CREATE_BEFORE_COMMIT,
    WORKSPACE_CREATE_AFTER_COMMIT,
    WORKSPACE_UPDATE_BEFORE_COMMIT,
    WORKSPACE_UPDATE_AFTER_COMMIT,
    WORKSPACE_DELETE_BEFORE_COMMIT,
    WORKSPACE_DELETE_AFTER_COMMIT,
    TOKEN_ROTATE_BEFORE_COMMIT,
    TOKEN_ROTATE_AFTER_COMMIT;

    private static final int LIKE_KILL_9 = 137;
    private static final String ARMED = System.getProperty("headgate.fail-point", "");

    /// Goes on, unless this is where the process is to die.
    public void pass() {
        if (ARMED.equals(name())) {
            Runtime.getRuntime().halt(LIKE_KILL_9);
        }
    }
}
