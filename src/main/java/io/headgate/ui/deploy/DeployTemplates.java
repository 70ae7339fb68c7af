package io.headgate.ui.deploy;

import io.headgate.ui.frame.DeploymentHead;
import io.headgate.ui.frame.Shell;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// Checked against the templates when the jar is built.
@CheckedTemplate(basePath = "deploy")
final class DeployTemplates {
    private DeployTemplates() {}

    static native TemplateInstance history(Shell shell, DeploymentHead head, HistoryView view);

    static native TemplateInstance detail(Shell shell, DeploymentHead head, DeployView view);

    static native TemplateInstance rollback(Shell shell, DeploymentHead head, RollbackView view);

    static native TemplateInstance sentBefore(Shell shell, DeploymentHead head);
}
