package io.headgate.ui.session;

import io.headgate.ui.frame.FieldErrors;
import java.util.List;

/// The sign-in page.
///
/// @param next where to go afterwards
/// @param action the form that was on its way when the session ended; empty if none was
/// @param kept its fields
record SignInView(String next, String action, List<Form.Field> kept, String email, FieldErrors errors) {}
