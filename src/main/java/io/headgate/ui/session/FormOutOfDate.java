package io.headgate.ui.session;

/// A form was rendered for another session than the one that sends it: nothing is done, and nothing typed is lost.
final class FormOutOfDate extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FormOutOfDate() {
        super("form of another session", null, false, false);
    }
}
