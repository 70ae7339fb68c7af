package io.headgate.ui.token;

/// The one showing of a token's value (S20, S33).
///
/// @param rotated whether it replaces an earlier value, which stopped working at `at`
/// @param validity a sentence: until when it works
/// @param snippet ready to run, without the value
record TicketView(TokenRow token, String value, boolean rotated, String at, String validity, String snippet) {
    @Override
    public String toString() {
        return "TicketView[token=" + token.id() + ", value=***]";
    }
}
