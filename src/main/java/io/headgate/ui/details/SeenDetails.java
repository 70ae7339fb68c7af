package io.headgate.ui.details;

import io.headgate.deployment.Deployment;
import io.headgate.kernel.Problem;
import io.headgate.ui.frame.DeploymentHead;
import io.headgate.ui.frame.FieldErrors;
import io.headgate.ui.frame.Seen;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What became of the settings while somebody edited them: what they did not touch is as it is now, what they typed
/// stays, and every setting that somebody else changed is named.
///
/// @param typed the form as it goes on
record SeenDetails(TypedDetails typed, FieldErrors errors) {
    private static final Map<String, String> LABELS = Map.of(
            "name", "the name",
            "description", "the description",
            "cicdEnforced", "CI/CD enforcement",
            "pythonRequirements", "the Python requirements",
            "workerQueues", "the worker queues");

    /// What the form is filled in from.
    static Seen of(Deployment deployment) {
        return Seen.of(contents(TypedDetails.of(deployment)));
    }

    static SeenDetails after(Seen before, TypedDetails sent, Deployment deployment, DeploymentHead head) {
        TypedDetails stored = TypedDetails.of(deployment);
        Seen now = of(deployment);
        Map<String, String> typed = contents(sent);
        List<Problem.FieldError> errors = new ArrayList<>();
        errors.add(new Problem.FieldError(
                "",
                "meanwhile",
                "Nothing was saved: this Deployment has changed since you opened the form, and was last saved by "
                        + head.updatedBy() + ". Saving now applies the form as you see it."));
        Map<String, Boolean> theirs = new HashMap<>();
        typed.forEach((name, content) -> {
            boolean changed = !before.agrees(now, name);
            boolean untouched = before.holds(name, content);
            theirs.put(name, changed && untouched);
            if (changed && !now.holds(name, content)) {
                errors.add(new Problem.FieldError(
                        name.equals("workerQueues") ? "" : name,
                        "meanwhile",
                        "Somebody else changed " + LABELS.get(name) + " meanwhile. "
                                + (untouched ? "It is shown as it is now." : "Saving replaces it with yours.")));
            }
        });
        return new SeenDetails(
                new TypedDetails(
                        pick(theirs, "name", stored, sent).name(),
                        pick(theirs, "description", stored, sent).description(),
                        pick(theirs, "cicdEnforced", stored, sent).cicdEnforced(),
                        pick(theirs, "pythonRequirements", stored, sent).pythonRequirements(),
                        pick(theirs, "workerQueues", stored, sent).queues()),
                FieldErrors.of(new Problem(409, "", "", errors), Map.of()));
    }

    private static TypedDetails pick(Map<String, Boolean> theirs, String name, TypedDetails stored, TypedDetails sent) {
        return Boolean.TRUE.equals(theirs.get(name)) ? stored : sent;
    }

    private static Map<String, String> contents(TypedDetails details) {
        return Map.of(
                "name", details.name(),
                "description", details.description(),
                "cicdEnforced", Boolean.toString(details.cicdEnforced()),
                "pythonRequirements", details.pythonRequirements().strip(),
                "workerQueues", details.queues().toString());
    }
}
