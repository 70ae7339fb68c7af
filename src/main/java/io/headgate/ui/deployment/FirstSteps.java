package io.headgate.ui.deployment;

import io.headgate.access.Caller;
import io.headgate.access.DeploymentPermission;
import io.headgate.deployment.Deployment;
import io.headgate.deployment.DeploymentStatus;
import io.headgate.deployment.RunActivity;
import io.headgate.kernel.PageRequest;
import io.headgate.token.ApiTokens;
import io.headgate.token.TokenFilter;
import io.headgate.ui.frame.DeploymentHeads;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/// The checklist for a new installation; each line ticks itself when it is so, and all of it goes away when all is.
@Singleton
final class FirstSteps {
    /// More Deployments than this are no new installation, and nobody waits for that many Airflows.
    private static final int NEW_MAX = 2;

    private final ApiTokens tokens;
    private final RunActivity activity;

    FirstSteps(ApiTokens tokens, RunActivity activity) {
        this.tokens = tokens;
        this.activity = activity;
    }

    /// Whether the checklist is worth looking at, without looking at it.
    boolean isNew(Caller caller, List<Deployment> deployments) {
        List<Deployment> theirs = theirs(caller, deployments);
        return !theirs.isEmpty()
                && theirs.size() <= NEW_MAX
                && !(theirs.stream().anyMatch(each -> hasToken(caller, each))
                        && theirs.stream().anyMatch(each -> each.liveBundle().isPresent()));
    }

    /// All lines, done or not; empty once all are done, and for whoever may not make tokens.
    List<FirstStep> of(Caller caller, List<Deployment> deployments) throws InterruptedException {
        List<Deployment> theirs = theirs(caller, deployments);
        if (theirs.isEmpty()) {
            return List.of();
        }
        Deployment first = theirs.getFirst();
        List<FirstStep> steps = new ArrayList<>();
        steps.add(new FirstStep(
                "Make a Deployment API token",
                DeploymentHeads.base(first.id()) + "/api-tokens",
                theirs.stream().anyMatch(each -> hasToken(caller, each))));
        steps.add(new FirstStep(
                "Push code with it",
                "/docs/automation",
                theirs.stream().anyMatch(each -> each.liveBundle().isPresent())));
        boolean green = false;
        for (Deployment each : theirs.subList(0, Math.min(NEW_MAX, theirs.size()))) {
            green = green || hasSucceeded(caller, each);
        }
        steps.add(new FirstStep("See a DAG run succeed", DeploymentHeads.base(first.id()), green));
        return steps.stream().allMatch(FirstStep::done) ? List.of() : steps;
    }

    private boolean hasSucceeded(Caller caller, Deployment deployment) throws InterruptedException {
        return deployment.status() == DeploymentStatus.HEALTHY
                && activity.of(caller, deployment)
                        .filter(known -> known.succeeded() > 0)
                        .isPresent();
    }

    private static List<Deployment> theirs(Caller caller, List<Deployment> deployments) {
        return deployments.stream()
                .filter(each -> caller.may(DeploymentPermission.API_TOKENS_CREATE, each.scope()))
                .toList();
    }

    private boolean hasToken(Caller caller, Deployment deployment) {
        return tokens.list(
                                caller,
                                deployment.scope().organizationId(),
                                TokenFilter.of(deployment.id()),
                                new PageRequest(0, 1, List.of()))
                        .totalCount()
                > 0;
    }
}
