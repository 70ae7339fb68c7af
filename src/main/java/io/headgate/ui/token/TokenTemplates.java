package io.headgate.ui.token;

import io.headgate.ui.frame.DeploymentHead;
import io.headgate.ui.frame.Shell;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// Checked against the templates when the jar is built.
@CheckedTemplate(basePath = "token")
final class TokenTemplates {
    private TokenTemplates() {}

    static native TemplateInstance list(Shell shell, DeploymentHead head, TokenListView view);

    static native TemplateInstance create(Shell shell, DeploymentHead head, NewTokenView view);

    static native TemplateInstance edit(Shell shell, DeploymentHead head, EditTokenView view);

    static native TemplateInstance rotate(Shell shell, DeploymentHead head, ConfirmTokenView view);

    static native TemplateInstance delete(Shell shell, DeploymentHead head, ConfirmTokenView view);

    static native TemplateInstance ticket(Shell shell, DeploymentHead head, TicketView view);

    static native TemplateInstance sentBefore(Shell shell, DeploymentHead head);
}
