package io.headgate.ui.deploy;

import io.headgate.ui.frame.FieldErrors;

/// The question before code is rolled back.
///
/// @param current version that is live now; empty if none is
/// @param nonce lets the answer do its work once
/// @param description as typed
/// @param possible whether this deploy can be rolled back to; otherwise the errors say why not
record RollbackView(
        DeployRow target, String current, String nonce, String description, boolean possible, FieldErrors errors) {}
