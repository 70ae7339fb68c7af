package io.headgate.ui.deploy;

import java.util.List;

/// Everything that is known about one deploy.
///
/// @param every how soon to look again; empty when it has ended
/// @param reason a sentence: why it failed, or what it waits for; empty when there is nothing to say
/// @param words the resolver's own, to be shown as they are; empty unless it refused the packages
/// @param errors what keeps files from loading
/// @param dags the DAGs that were found; `moreDags` more are not listed
/// @param dagsKnown whether the code was checked, so that no DAGs means there are none
record DeployView(
        DeployRow deploy,
        String every,
        String reason,
        String words,
        List<DeployStep> steps,
        List<FindingLine> errors,
        List<FindingLine> warnings,
        boolean dagsKnown,
        List<String> dags,
        int moreDags,
        boolean mayRollBack) {
    DeployView {
        steps = List.copyOf(steps);
        errors = List.copyOf(errors);
        warnings = List.copyOf(warnings);
        dags = List.copyOf(dags);
    }
}
