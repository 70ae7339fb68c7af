package io.headgate.ui.token;

import io.headgate.ui.frame.Listing;

/// The list of a Deployment's tokens.
///
/// @param preview whether the feature is called a preview (S2)
record TokenListView(Listing<TokenRow> list, boolean mayCreate, boolean mayChange, boolean preview) {}
