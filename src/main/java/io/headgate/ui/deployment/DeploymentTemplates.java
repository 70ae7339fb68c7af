package io.headgate.ui.deployment;

import io.headgate.ui.frame.DeploymentHead;
import io.headgate.ui.frame.FieldErrors;
import io.headgate.ui.frame.Listing;
import io.headgate.ui.frame.Shell;
import io.headgate.ui.frame.StatusLine;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;

/// Checked against the templates when the jar is built.
@CheckedTemplate(basePath = "deployment")
final class DeploymentTemplates {
    private DeploymentTemplates() {}

    static native TemplateInstance list(
            Shell shell, WorkspaceView workspace, Listing<DeploymentRow> list, boolean isNew);

    static native TemplateInstance create(Shell shell, WorkspaceView workspace, NewDeploymentView view);

    static native TemplateInstance overview(Shell shell, DeploymentHead head, OverviewView view);

    static native TemplateInstance runs(Shell shell, DeploymentHead head, RunsView view);

    static native TemplateInstance firstSteps(Shell shell, WorkspaceView workspace, List<FirstStep> checklist);

    static native TemplateInstance status(String base, StatusLine status);

    static native TemplateInstance steps(List<StepView> steps);

    static native TemplateInstance delete(
            Shell shell, DeploymentHead head, String typed, boolean identityAsked, FieldErrors errors);
}
