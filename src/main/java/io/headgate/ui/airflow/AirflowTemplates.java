package io.headgate.ui.airflow;

import io.headgate.ui.frame.Shell;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// Checked against the templates when the jar is built.
@CheckedTemplate(basePath = "airflow")
final class AirflowTemplates {
    private AirflowTemplates() {}

    static native TemplateInstance opening(Shell shell, String address);
}
