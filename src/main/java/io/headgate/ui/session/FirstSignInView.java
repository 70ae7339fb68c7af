package io.headgate.ui.session;

import io.headgate.ui.frame.FieldErrors;
import io.headgate.ui.frame.Moment;

/// The page behind the one-time link.
///
/// @param code of the link, which is in its own address anyway
record FirstSignInView(String code, String email, Moment until, FieldErrors errors) {
    @Override
    public String toString() {
        return "FirstSignInView[email=" + email + "]";
    }
}
