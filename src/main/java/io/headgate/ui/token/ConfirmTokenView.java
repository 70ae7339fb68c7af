package io.headgate.ui.token;

import io.headgate.ui.frame.FieldErrors;

/// The question before a token is rotated or deleted.
///
/// @param nonce lets the answer do its work once
/// @param typed what was typed to confirm
record ConfirmTokenView(TokenRow token, String nonce, String typed, boolean identityAsked, FieldErrors errors) {}
