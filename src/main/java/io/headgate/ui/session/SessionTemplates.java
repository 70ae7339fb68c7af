package io.headgate.ui.session;

import io.headgate.ui.frame.Shell;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// Checked against the templates when the jar is built.
@CheckedTemplate(basePath = "session")
final class SessionTemplates {
    private SessionTemplates() {}

    static native TemplateInstance signIn(Shell shell, SignInView view);

    static native TemplateInstance resume(Shell shell, ResumeView view);

    static native TemplateInstance firstSignIn(Shell shell, FirstSignInView view);

    static native TemplateInstance linkGone(Shell shell);
}
