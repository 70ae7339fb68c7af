package io.headgate.ui.deployment;

/// One line of the checklist for a new installation.
///
/// @param link where it is done; empty for nowhere in particular
record FirstStep(String words, String link, boolean done) {}
