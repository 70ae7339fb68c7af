package io.headgate.ui.variable;

import io.headgate.ui.frame.DeploymentHead;
import io.headgate.ui.frame.Shell;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// Checked against the templates when the jar is built.
@CheckedTemplate(basePath = "variable")
final class VariableTemplates {
    private VariableTemplates() {}

    static native TemplateInstance list(Shell shell, DeploymentHead head, VariableListView view);

    static native TemplateInstance edit(Shell shell, DeploymentHead head, EditVariablesView view);
}
