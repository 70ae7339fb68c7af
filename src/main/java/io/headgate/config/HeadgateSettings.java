package io.headgate.config;

import io.headgate.kernel.SecretText;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Every setting there is, in the order in which `docs/configuration.md` lists them.
public final class HeadgateSettings {
    public static final Setting<Optional<Path>> DATA = Setting.of(
                    "data",
                    SettingType.FOLDER,
                    Optional.empty(),
                    "Folder of everything that must survive: database, keys, bundles, logs.")
            .flag("--data")
            .defaultShownAs("`/var/lib/headgate` as root, else `~/.local/share/headgate`");
    public static final Setting<Optional<Path>> CACHE = Setting.of(
                    "cache",
                    SettingType.FOLDER,
                    Optional.empty(),
                    "Folder of what can be fetched again: Airflow, uv, PostgreSQL's programs. May be shared by several"
                            + " data folders of one user.")
            .defaultShownAs("`/var/cache/headgate` as root, else `${XDG_CACHE_HOME:-~/.cache}/headgate`");

    public static final Setting<String> HOST = Setting.of(
                    "host",
                    SettingType.TEXT,
                    "localhost",
                    "Address or host name that the control plane and the gateway listen on. Anything but a loopback"
                            + " address needs `tls-terminated-by-proxy`.")
            .flag("--host");
    public static final Setting<Integer> PORT = Setting.of(
                    "port", SettingType.PORT, 8888, "Port of the control plane (API and pages); 0 takes a free one.")
            .flag("--port");
    public static final Setting<Optional<URI>> PUBLIC_URL = Setting.of(
                    "public-url",
                    SettingType.URL,
                    Optional.empty(),
                    "URL under which people and tools reach the control plane.")
            .defaultShownAs("`http://HOST:PORT`");
    public static final Setting<Integer> GATEWAY_PORT = Setting.of(
                    "gateway.port", SettingType.PORT, 8889, "Port of the gateway; 0 takes a free one.")
            .flag("--gateway-port");
    public static final Setting<Optional<URI>> GATEWAY_PUBLIC_URL = Setting.of(
                    "gateway.public-url", SettingType.URL, Optional.empty(), "URL under which tools reach the gateway.")
            .defaultShownAs("`http://HOST:GATEWAY-PORT`");
    public static final Setting<Optional<String>> GATEWAY_BASE_DOMAIN = Setting.of(
                    "gateway.base-domain",
                    SettingType.OPTIONAL_TEXT,
                    Optional.empty(),
                    "Domain below which each Deployment has a host name of its own for browsers,"
                            + " `<namespace>.<base-domain>`.")
            .defaultShownAs("the host of `gateway.public-url`");
    public static final Setting<Map<String, String>> GATEWAY_DEPLOYMENT_HOSTS = Setting.of(
            "gateway.deployment-hosts",
            SettingType.MAP,
            Map.of(),
            "Ordinary host names for single Deployments, `<namespace>=<host>` separated by commas, where a wildcard name"
                    + " is not to be had.");
    public static final Setting<Optional<Path>> GATEWAY_TLS_CERTIFICATE_FILE = Setting.of(
                    "gateway.tls.certificate-file",
                    SettingType.FILE,
                    Optional.empty(),
                    "PEM file of the certificate that the gateway shows over https, followed by those of its authorities"
                            + " (docs/operating/https.md). Read again when it changes. Needs `gateway.tls.key-file`.")
            .defaultShownAs("certificates of a local authority in the data folder");
    public static final Setting<Optional<Path>> GATEWAY_TLS_KEY_FILE = Setting.of(
            "gateway.tls.key-file",
            SettingType.FILE,
            Optional.empty(),
            "PEM file of the private key of that certificate, without a passphrase; may be the same file.");
    public static final Setting<Integer> MANAGEMENT_PORT = Setting.of(
                    "management.port",
                    SettingType.PORT,
                    9888,
                    "Port of health and readiness, on the loopback address only; 0 takes a free one.")
            .flag("--management-port");
    public static final Setting<Boolean> TLS_TERMINATED_BY_PROXY = Setting.of(
            "tls-terminated-by-proxy",
            SettingType.YES_OR_NO,
            false,
            "Says that a proxy in front does TLS. Without it Headgate refuses to speak plain HTTP on an address that other"
                    + " hosts can reach.");
    public static final Setting<List<String>> TRUSTED_PROXIES = Setting.of(
            "trusted-proxies",
            SettingType.LIST,
            List.of(),
            "Addresses of proxies whose `X-Forwarded-For` names the client; from anybody else the header is ignored.");

    public static final Setting<Optional<String>> DATABASE_URL = Setting.of(
                    "database.url",
                    SettingType.OPTIONAL_TEXT,
                    Optional.empty(),
                    "`jdbc:postgresql://…` of a PostgreSQL 15 or newer to use instead of the built-in one. Its user needs"
                            + " CREATEDB and CREATEROLE: every Deployment gets a database and a role.")
            .defaultShownAs("a PostgreSQL 18 run by Headgate itself");
    public static final Setting<String> DATABASE_USER =
            Setting.of("database.user", SettingType.TEXT, "headgate", "User at `database.url`.");
    public static final Setting<Optional<SecretText>> DATABASE_PASSWORD =
            Setting.of("database.password", SettingType.SECRET, Optional.empty(), "Password at `database.url`.");

    public static final Setting<Optional<String>> OWNER_EMAIL = Setting.of(
                    "owner.email",
                    SettingType.OPTIONAL_TEXT,
                    Optional.empty(),
                    "E-mail of the owner account, read only when the data folder is empty.")
            .defaultShownAs("`owner@localhost`");
    public static final Setting<Optional<SecretText>> OWNER_PASSWORD = Setting.of(
                    "owner.password",
                    SettingType.SECRET,
                    Optional.empty(),
                    "Password of the owner account, 15 characters or more and hard to guess, read only when the data folder is"
                            + " empty; stored as an Argon2id hash.")
            .defaultShownAs("chosen by the one-time link that `up` prints");
    public static final Setting<Boolean> QUICKSTART = Setting.of(
                    "quickstart",
                    SettingType.YES_OR_NO,
                    true,
                    "Whether an empty data folder gets a Deployment named `quickstart`.")
            .flag("--no-quickstart");

    public static final Setting<Optional<Path>> PYTHON = Setting.of(
                    "runtime.process.python",
                    SettingType.FOLDER,
                    Optional.empty(),
                    "Absolute path of the Python (3.10–3.13) that Airflow runs on; every Deployment's user must be able to"
                            + " read it.")
            .defaultShownAs("the first of `/usr/bin/python3.13` … `3.10`, then `PATH`");
    public static final Setting<Boolean> ALLOW_SHARED_USER = Setting.of(
                    "runtime.process.allow-shared-user",
                    SettingType.YES_OR_NO,
                    false,
                    "Allows a second Deployment when Headgate is not root. All Deployments then run under one user and can"
                            + " read each other's secrets.")
            .flag("--allow-shared-user");
    public static final Setting<Integer> FIRST_UID = Setting.of(
            "runtime.process.first-uid",
            SettingType.number(1000, 2_000_000_000),
            61_000,
            "When Headgate is root: the first of the user ids that Deployments run under. The one before it runs the"
                    + " built-in PostgreSQL.");
    public static final Setting<Integer> UID_COUNT = Setting.of(
            "runtime.process.uid-count",
            SettingType.number(1, 100_000),
            1000,
            "How many user ids, counted from the first, Deployments may take.");
    public static final Setting<Long> MEMORY_MAX = Setting.of(
            "runtime.process.memory-max",
            SettingType.bytes(1536L << 20, 1L << 44),
            4L << 30,
            "How many bytes of memory one Deployment may use while it runs: Airflow, about 0.8 GB and for a while twice"
                    + " that when something changes, and its tasks (docs/operating/isolation.md).");
    public static final Setting<Integer> PROCESSES_MAX = Setting.of(
            "runtime.process.processes-max",
            SettingType.number(256, 100_000),
            1024,
            "How many processes and threads one Deployment may have at once.");
    public static final Setting<Duration> TASK_GRACE = Setting.of(
            "runtime.process.task-grace",
            SettingType.SECONDS,
            Duration.ofSeconds(30),
            "Seconds that running tasks get to finish before a stopping scheduler is killed.");
    public static final Setting<Duration> HAND_OVER_GRACE = Setting.of(
            "runtime.process.hand-over-grace",
            SettingType.SECONDS,
            Duration.ofHours(24),
            "Seconds that tasks which run when variables or packages change may go on with the old ones.");
    public static final Setting<List<String>> RESERVED_VARIABLES = Setting.of(
            "deployments.reserved-variables",
            SettingType.LIST,
            List.of(),
            "Environment variables that nobody may set on a Deployment, beside those that the platform reserves"
                    + " (docs/environment-variables.md). A `*` at the end stands for any rest of a name.");
    public static final Setting<Optional<SecretText>> PYTHON_INDEX_URL = Setting.of(
                    "runtime.process.python-index-url",
                    SettingType.SECRET,
                    Optional.empty(),
                    "Package index that Deployments' Python requirements come from, with credentials if it wants any. A"
                            + " Deployment whose requirements are built from source can read them.")
            .defaultShownAs("that of `UV_DEFAULT_INDEX`, else PyPI");
    public static final Setting<Long> ARCHIVE_BYTES_MAX = Setting.of(
            "deploys.archive-bytes-max",
            SettingType.bytes(1L << 20, 1L << 40),
            2L << 30,
            "How many bytes an uploaded archive may have.");
    public static final Setting<Integer> RETENTION_DAYS = Setting.of(
            "deploys.retention-days",
            SettingType.number(1, 3650),
            90,
            "Days for which the code of a deploy is kept, so that it can be rolled back to. What is in use is always kept.");
    public static final Setting<Integer> AUDIT_RETENTION_DAYS = Setting.of(
            "audit.retention-days",
            SettingType.number(1, 3650),
            90,
            "Days for which the audit log is kept (docs/operating/audit.md).");

    public static final Setting<Boolean> REQUEST_LIMITS = Setting.of(
            "request-limits",
            SettingType.YES_OR_NO,
            true,
            "Whether a token that asks too often, and a source of many refused credentials, gets 429"
                    + " (docs/operating/request-limits.md).");

    public static final Setting<FeatureStage> DEPLOYMENT_API_TOKENS_STAGE = Setting.of(
            "feature.deployment-api-tokens.stage",
            SettingType.oneOf(FeatureStage.class),
            FeatureStage.PUBLIC_PREVIEW,
            "Whether the pages call Deployment API tokens a preview (docs/feature-previews.md). It changes nothing else.");

    public static final Setting<Boolean> WEBHOOKS_ANYWHERE = Setting.of(
            "alerts.webhooks-anywhere",
            SettingType.YES_OR_NO,
            false,
            "Lets webhooks of alerts lead to plain HTTP and to addresses that are not public, such as those of your own"
                    + " network. Whoever may make a notification channel can then make Headgate post there.");

    private static final List<Setting<?>> ALL = List.of(
            DATA,
            CACHE,
            HOST,
            PORT,
            PUBLIC_URL,
            GATEWAY_PORT,
            GATEWAY_PUBLIC_URL,
            GATEWAY_BASE_DOMAIN,
            GATEWAY_DEPLOYMENT_HOSTS,
            GATEWAY_TLS_CERTIFICATE_FILE,
            GATEWAY_TLS_KEY_FILE,
            MANAGEMENT_PORT,
            TLS_TERMINATED_BY_PROXY,
            TRUSTED_PROXIES,
            DATABASE_URL,
            DATABASE_USER,
            DATABASE_PASSWORD,
            OWNER_EMAIL,
            OWNER_PASSWORD,
            QUICKSTART,
            PYTHON,
            ALLOW_SHARED_USER,
            FIRST_UID,
            UID_COUNT,
            MEMORY_MAX,
            PROCESSES_MAX,
            TASK_GRACE,
            HAND_OVER_GRACE,
            RESERVED_VARIABLES,
            PYTHON_INDEX_URL,
            ARCHIVE_BYTES_MAX,
            RETENTION_DAYS,
            AUDIT_RETENTION_DAYS,
            REQUEST_LIMITS,
            DEPLOYMENT_API_TOKENS_STAGE,
            WEBHOOKS_ANYWHERE);

    private HeadgateSettings() {}

    public static List<Setting<?>> all() {
        return ALL;
    }
}
