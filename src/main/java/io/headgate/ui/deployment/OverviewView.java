package io.headgate.ui.deployment;

import io.headgate.ui.frame.Moment;
import java.util.List;

/// The first tab of a Deployment.
///
/// @param steps of starting it; shown while it starts
/// @param airflowApi address of its Airflow's REST API
/// @param snippet a first request, ready to run
record OverviewView(
        String description,
        List<StepView> steps,
        List<ChangeView> changes,
        String airflowApi,
        String snippet,
        boolean mayMakeTokens) {

    /// Something that was done.
    record ChangeView(String words, String by, Moment at) {}
}
