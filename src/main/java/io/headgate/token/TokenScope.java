package io.headgate.token;

/// What kind of object a token belongs to; the wire calls it `scope`, and `type` in older versions.
public enum TokenScope {
    ORGANIZATION,
    WORKSPACE,
    DEPLOYMENT
}
