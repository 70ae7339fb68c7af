package io.headgate.ui.token;

import io.headgate.ui.frame.FieldErrors;
import java.util.List;

/// The form that makes a token.
///
/// @param nonce lets it do so once
/// @param days as typed
/// @param date where the preselected days lead to, for browsers without scripts
record NewTokenView(
        String nonce,
        String name,
        String description,
        String days,
        boolean never,
        String date,
        boolean identityAsked,
        FieldErrors errors) {

    /// Periods to choose with one click.
    public List<Integer> presets() {
        return List.of(7, 30, 90, 365);
    }
}
