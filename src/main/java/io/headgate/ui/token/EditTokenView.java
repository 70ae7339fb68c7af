package io.headgate.ui.token;

import io.headgate.ui.frame.FieldErrors;

/// The panel of one token: rename, rotate, delete.
record EditTokenView(
        TokenRow token, String name, String description, boolean mayRotate, boolean mayDelete, FieldErrors errors) {}
