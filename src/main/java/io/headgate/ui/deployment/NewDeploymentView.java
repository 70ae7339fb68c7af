package io.headgate.ui.deployment;

import io.headgate.ui.frame.FieldErrors;

/// The form that makes a Deployment.
record NewDeploymentView(String nonce, String name, String description, String runtime, FieldErrors errors) {}
