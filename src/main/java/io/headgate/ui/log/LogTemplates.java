package io.headgate.ui.log;

import io.headgate.deployment.log.LogLine;
import io.headgate.ui.frame.DeploymentHead;
import io.headgate.ui.frame.Shell;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;

/// Checked against the templates when the jar is built.
@CheckedTemplate(basePath = "log")
final class LogTemplates {
    private LogTemplates() {}

    static native TemplateInstance logs(Shell shell, DeploymentHead head, LogView view);

    static native TemplateInstance lines(List<LogLine> lines);
}
