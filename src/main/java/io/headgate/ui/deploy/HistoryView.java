package io.headgate.ui.deploy;

import io.headgate.ui.frame.Listing;

/// The history of a Deployment's code.
///
/// @param older how many deploys are older than those in the list
/// @param every how soon to look again: sooner while one is under way
/// @param mayRollBack whether the visitor may, if there is something to roll back to
record HistoryView(Listing<DeployRow> list, long older, String every, boolean mayRollBack) {}
