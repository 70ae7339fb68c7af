package io.headgate.ui.session;

import java.util.List;

/// A form that was on its way when the session ended, to be sent again.
record ResumeView(String action, String formToken, List<Form.Field> fields) {}
