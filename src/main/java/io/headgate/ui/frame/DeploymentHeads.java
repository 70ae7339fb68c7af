package io.headgate.ui.frame;

import io.headgate.access.Caller;
import io.headgate.access.DeploymentPermission;
import io.headgate.deployment.BundleVersion;
import io.headgate.deployment.Deployment;
import io.headgate.deployment.DeploymentAddresses;
import io.headgate.deployment.DeploymentStatus;
import io.headgate.deployment.Deployments;
import io.headgate.kernel.DeploymentId;
import io.headgate.kernel.PageRequest;
import io.headgate.token.ApiTokens;
import io.headgate.token.TokenFilter;
import io.headgate.ui.session.Visitor;
import io.headgate.web.PathIds;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/// Finds the Deployment that a page is about, for whoever looks at it, and makes what stands above it.
@Singleton
public final class DeploymentHeads {
    private final Visitor visitor;
    private final Deployments deployments;
    private final ApiTokens tokens;
    private final DeploymentAddresses addresses;
    private final Clock clock;

    DeploymentHeads(
            Visitor visitor, Deployments deployments, ApiTokens tokens, DeploymentAddresses addresses, Clock clock) {
        this.visitor = visitor;
        this.deployments = deployments;
        this.tokens = tokens;
        this.addresses = addresses;
        this.clock = clock;
    }

    /// The Deployment with the id in a path; a 404 if there is none that the visitor sees.
    public Deployment find(String id) {
        return deployments.view(
                visitor.caller(),
                visitor.signedIn().user().organizationId(),
                PathIds.read(id, DeploymentId::new, Deployments.notFound()));
    }

    /// The head of a page below one of the tabs; `current` is the last part of the tab's path, `""` for the first.
    public DeploymentHead of(Deployment deployment, String current) {
        Caller caller = visitor.caller();
        String base = base(deployment.id());
        return new DeploymentHead(
                deployment.id().value(),
                deployment.name(),
                base,
                deployment.scope().workspaceId().value(),
                StatusLine.of(deployment),
                deployment.release().version() + " (Airflow "
                        + deployment.release().airflowVersion() + ")",
                deployment.liveBundle().map(DeploymentHeads::shown).orElse(""),
                Moment.of(deployment.authorship().updatedAt(), clock.instant()),
                deployment.authorship().updatedBy().name(),
                deployment.status() == DeploymentStatus.CREATING ? "" : addresses.browser(deployment.namespace()) + "/",
                tabs(caller, deployment, base, current),
                caller.may(DeploymentPermission.DELETE, deployment.scope()));
    }

    /// Where the pages of a Deployment are.
    public static String base(DeploymentId id) {
        return "/deployments/" + id;
    }

    /// To the second; the rest is for machines.
    public static String shown(BundleVersion version) {
        String text = version.text();
        int point = text.indexOf('.');
        return (point < 0 ? text : text.substring(0, point)).replace('T', ' ');
    }

    private List<DeploymentHead.Tab> tabs(Caller caller, Deployment deployment, String base, String current) {
        List<DeploymentHead.Tab> tabs = new ArrayList<>();
        tabs.add(tab(base, "", "Overview", "", current));
        if (caller.may(DeploymentPermission.API_TOKENS_GET, deployment.scope())) {
            tabs.add(tab(base, "api-tokens", "API Tokens", Long.toString(count(caller, deployment)), current));
        }
        tabs.add(tab(
                base,
                "variables",
                "Variables",
                Integer.toString(deployment.variables().size()),
                current));
        tabs.add(tab(base, "deploys", "Deploy History", "", current));
        tabs.add(tab(base, "logs", "Logs", "", current));
        tabs.add(tab(base, "details", "Details", "", current));
        return tabs;
    }

    private long count(Caller caller, Deployment deployment) {
        return tokens.list(
                        caller,
                        deployment.scope().organizationId(),
                        TokenFilter.of(deployment.id()),
                        new PageRequest(0, 1, List.of()))
                .totalCount();
    }

    private static DeploymentHead.Tab tab(String base, String path, String label, String count, String current) {
        return new DeploymentHead.Tab(path.isEmpty() ? base : base + "/" + path, label, count, path.equals(current));
    }
}
