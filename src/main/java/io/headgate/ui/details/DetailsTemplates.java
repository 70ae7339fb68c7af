package io.headgate.ui.details;

import io.headgate.ui.frame.DeploymentHead;
import io.headgate.ui.frame.Shell;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// Checked against the templates when the jar is built.
@CheckedTemplate(basePath = "details")
final class DetailsTemplates {
    private DetailsTemplates() {}

    static native TemplateInstance show(Shell shell, DeploymentHead head, DetailsView view);

    static native TemplateInstance edit(Shell shell, DeploymentHead head, EditDetailsView view);
}
