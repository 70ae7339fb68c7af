package io.headgate.gateway;

/// Every way in which the gateway itself answers instead of Airflow; `docs/gateway-failure-modes.md` explains
/// each.
///
/// The code travels in the header `X-Headgate-Failure`, so that a person can tell our 403 from one of Airflow.
enum FailureMode {
    UNKNOWN_HOST("gateway.unknown-host", 421),
    HOST_MALFORMED("gateway.host-malformed", 400),
    REQUEST_MALFORMED("gateway.request-malformed", 400),
    HEADERS_TOO_LARGE("gateway.headers-too-large", 431),
    VERSION_UNSUPPORTED("gateway.version-unsupported", 505),
    UPGRADE_REFUSED("gateway.upgrade-refused", 400),
    EXPECTATION_FAILED("gateway.expectation-failed", 417),
    REQUEST_TIMEOUT("gateway.request-timeout", 408),
    TARGET_REFUSED("gateway.target-refused", 400),
    TOKEN_EXPOSED("gateway.token-exposed", 400),
    TWO_CREDENTIALS("gateway.two-credentials", 400),
    NOT_AUTHENTICATED("gateway.not-authenticated", 401),
    TOKEN_REFUSED("gateway.token-refused", 401),
    TOKEN_EXPIRED("gateway.token-expired", 401),
    TOKEN_UNCHECKED("gateway.token-unchecked", 503),
    SIGN_IN_UNFINISHED("gateway.sign-in-unfinished", 400),
    FOREIGN_ORIGIN("gateway.foreign-origin", 403),
    TOKEN_LIMITED("gateway.token-limited", 429),
    SOURCE_LIMITED("gateway.source-limited", 429),
    NOT_FOUND("gateway.not-found", 404),
    METHOD_NOT_ALLOWED("gateway.method-not-allowed", 405),
    PERMISSION_MISSING("gateway.permission-missing", 403),
    NEVER_FORWARDED("gateway.never-forwarded", 403),
    BULK_MALFORMED("gateway.bulk-malformed", 400),
    BODY_TOO_LARGE("gateway.body-too-large", 413),
    BODY_TYPE_UNSUPPORTED("gateway.body-type-unsupported", 415),
    CHANGE_UNRECORDED("gateway.change-unrecorded", 503),
    DEPLOYMENT_NOT_SERVING("gateway.deployment-not-serving", 503),
    AIRFLOW_UNREACHABLE("gateway.airflow-unreachable", 503),
    AIRFLOW_TIMEOUT("gateway.airflow-timeout", 504),
    AIRFLOW_CLOSED("gateway.airflow-closed", 502),
    AIRFLOW_MALFORMED("gateway.airflow-malformed", 502),
    AIRFLOW_REFUSED_GATEWAY("gateway.airflow-refused-gateway", 502),
    INTERNAL("gateway.internal", 500);

    private final String code;
    private final int status;

    FailureMode(String code, int status) {
        this.code = code;
        this.status = status;
    }

    /// Whether Airflow may have done what was asked for all the same.
    boolean leavesOutcomeOpen() {
        return this == AIRFLOW_TIMEOUT || this == AIRFLOW_CLOSED || this == AIRFLOW_MALFORMED;
    }

    String code() {
        return code;
    }

    int status() {
        return status;
    }
}
