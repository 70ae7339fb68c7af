package io.headgate.deploy;

/// What a deploy brings (D1).
public enum DeployType {
    IMAGE_AND_DAG,
    IMAGE_ONLY,
    DAG_ONLY,
    BUNDLE
}
