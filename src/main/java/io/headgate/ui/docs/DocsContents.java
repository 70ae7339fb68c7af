package io.headgate.ui.docs;

import java.util.List;

/// Which pages are served, in the order in which somebody reads them. A page that is not here is not served, even if it
/// is in the jar.
final class DocsContents {
    /// Other files that pages link to, served as they are.
    static final List<String> FILES = List.of("pipelines/deploy.sh");

    static final List<Group> GROUPS = List.of(
            new Group(
                    "Tokens and pipelines",
                    entry("deployment-api-tokens", "Create, edit, delete and rotate the credential of one Deployment."),
                    entry("automation", "Push code, set variables and call Airflow from a pipeline, with curl."),
                    entry("permissions", "Roles, tokens, and the 70 rights on a Deployment."),
                    entry("troubleshooting", "By symptom: what an answer means and what to do about it."),
                    entry("feature-previews", "What a Preview badge promises, and what it does not."),
                    entry("signing-in", "The first sign-in, passwords, sessions.")),
            new Group(
                    "Deployments",
                    entry("deploying", "What a push holds, how it is validated, and how to go back."),
                    entry("environment-variables", "Which values are taken, which names are reserved."),
                    entry("deployment-file", "The whole configuration as YAML or JSON."),
                    entry("airflow-ui", "Open its pages, signed in once."),
                    entry("alerts", "Be told of failed DAG runs and of tokens that expire.")),
            new Group(
                    "Operating",
                    entry("operating/exposing", "Behind a proxy, under a name of its own."),
                    entry("operating/https", "With certificates of its own, or with yours."),
                    entry("operating/isolation", "What Deployments can reach and take of each other."),
                    entry("operating/sizing", "Memory, time, processor and disk, measured."),
                    entry("operating/request-limits", "How much one token may ask, and how slowly."),
                    entry("operating/audit", "Who did what, and how to prove that the record is whole.")),
            new Group(
                    "Reference",
                    entry("clients", "The astro command line, command by command."),
                    entry("pages", "Every operation of the API, and the page that does the same."),
                    entry("configuration", "Every setting, its variable, flag and default."),
                    entry("http-status-codes", "What each status of the API means."),
                    entry("gateway-failure-modes", "Answers that come from the gateway instead of Airflow.")),
            new Group(
                    "Decisions",
                    decision("0001-one-jar-packages-by-feature"),
                    decision("0002-tokens-live-in-memory"),
                    decision("0003-hidden-is-missing"),
                    decision("0004-postgresql-only"),
                    decision("0005-reconciler-takes-no-input"),
                    decision("0006-gateway-on-netty"),
                    decision("0007-main-builds-quarkus-serves"),
                    decision("0008-a-token-is-a-jws-nobody-verifies"),
                    decision("0009-one-user-per-deployment"),
                    decision("0010-bundle-versions-are-folders-behind-a-pointer"),
                    decision("0011-finalize-validates-before-it-answers"),
                    decision("0012-a-new-generation-starts-beside-the-old"),
                    decision("0013-python-packages-are-locked"),
                    decision("0014-variables-are-a-list-secrets-stay"),
                    decision("0015-nobody-gives-more-than-they-have"),
                    decision("0016-a-deployment-runs-within-limits"),
                    decision("0017-the-audit-log-is-sealed"),
                    decision("0018-the-cookie-at-airflow-is-derived"),
                    decision("0019-one-port-speaks-http-and-https")));

    private DocsContents() {}

    /// Pages that belong together.
    record Group(String title, List<Entry> entries) {
        Group {
            entries = List.copyOf(entries);
        }

        Group(String title, Entry... entries) {
            this(title, List.of(entries));
        }
    }

    /// @param page path below `docs`, without `.md`
    /// @param about what somebody finds there, or nothing if the title says it
    record Entry(String page, String about) {}

    private static Entry entry(String page, String about) {
        return new Entry(page, about);
    }

    private static Entry decision(String page) {
        return new Entry("adr/" + page, "");
    }
}
