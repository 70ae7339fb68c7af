package io.headgate.ui.session;

/// Nobody is signed in, or no longer, where somebody must be.
final class SignInNeeded extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SignInNeeded() {
        super("sign-in needed", null, false, false);
    }
}
