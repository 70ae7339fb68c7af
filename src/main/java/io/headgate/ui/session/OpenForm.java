package io.headgate.ui.session;

/// A form that anybody may send, whether they are signed in or not: how one signs in.
public record OpenForm(Form form) {}
