package io.headgate.runtime.process;

/// A component that was found dead.
///
/// @param how completes "scheduler …"
record EndedComponent(Component component, ComponentRecord record, String how) {}
