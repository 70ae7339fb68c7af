-- why: a Deployment row outlives the Deployment (deleted_at, retired_at) so that its namespace is never given away again
-- and the runtime can finish what a crash interrupted.

CREATE TABLE deployment (
    id                      text PRIMARY KEY,
    organization_id         text NOT NULL REFERENCES organization,
    workspace_id            text NOT NULL REFERENCES workspace,
    namespace               text NOT NULL,
    name                    text NOT NULL,
    -- NULL: never set, and then absent on the wire
    description             text,
    runtime_version         text NOT NULL,
    -- everything else that people configure; see DeploymentSettings
    settings                jsonb NOT NULL,
    dags_paused_at_creation boolean NOT NULL,
    -- AirflowSecrets, encrypted with a key that is not in the database
    sealed_secrets          text NOT NULL,
    status                  text NOT NULL,
    status_reason           text NOT NULL,
    created_at              timestamptz NOT NULL,
    created_by              jsonb NOT NULL,
    updated_at              timestamptz NOT NULL,
    updated_by              jsonb NOT NULL,
    deleted_at              timestamptz,
    -- when the runtime had stopped everything and moved files and database to the trash
    retired_at              timestamptz,
    CONSTRAINT deployment_namespace_unique UNIQUE (namespace),
    CONSTRAINT deployment_retired_after_deleted CHECK (retired_at IS NULL OR deleted_at IS NOT NULL)
);

-- a deleted Deployment's name may be taken again
CREATE UNIQUE INDEX deployment_name_unique ON deployment (workspace_id, name) WHERE deleted_at IS NULL;

CREATE TABLE api_token (
    id                    text PRIMARY KEY,
    organization_id       text NOT NULL REFERENCES organization,
    scope                 text NOT NULL,
    workspace_id          text REFERENCES workspace,
    deployment_id         text REFERENCES deployment,
    name                  text NOT NULL,
    description           text NOT NULL,
    role                  text NOT NULL,
    -- HMAC-SHA-256 over the whole value with the key of that id, which is not in the database
    secret_hash           bytea NOT NULL,
    secret_key_id         text NOT NULL,
    -- the last characters of the value, for people to tell tokens apart
    short_token           text NOT NULL,
    start_at              timestamptz NOT NULL,
    end_at                timestamptz,
    expiry_period_in_days integer,
    last_rotated_at       timestamptz,
    last_used_at          timestamptz,
    created_at            timestamptz NOT NULL,
    created_by            jsonb NOT NULL,
    updated_at            timestamptz NOT NULL,
    updated_by            jsonb NOT NULL,
    CONSTRAINT api_token_secret_unique UNIQUE (secret_hash),
    CONSTRAINT api_token_home CHECK (
        (scope = 'ORGANIZATION' AND workspace_id IS NULL AND deployment_id IS NULL)
        OR (scope = 'WORKSPACE' AND workspace_id IS NOT NULL AND deployment_id IS NULL)
        OR (scope = 'DEPLOYMENT' AND workspace_id IS NOT NULL AND deployment_id IS NOT NULL)),
    CONSTRAINT api_token_expiry CHECK ((end_at IS NULL) = (expiry_period_in_days IS NULL))
);

CREATE INDEX api_token_by_deployment ON api_token (deployment_id);

-- append-only; says who did what to what, never a value
CREATE TABLE audit_event (
    id              text PRIMARY KEY,
    at              timestamptz NOT NULL,
    organization_id text NOT NULL,
    workspace_id    text,
    deployment_id   text,
    subject         jsonb NOT NULL,
    action          text NOT NULL,
    entity_type     text NOT NULL,
    entity_id       text NOT NULL,
    outcome         text NOT NULL,
    request_id      text NOT NULL,
    address         text NOT NULL,
    user_agent      text NOT NULL
);

CREATE INDEX audit_event_by_time ON audit_event (organization_id, at, id);
