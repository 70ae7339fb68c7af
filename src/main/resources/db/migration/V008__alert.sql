-- why: people want to hear of a failed DAG run, and of a token that is about to end, where they are already looking.

CREATE TABLE notification_channel (
    id                text PRIMARY KEY,
    organization_id   text NOT NULL REFERENCES organization,
    workspace_id      text NOT NULL REFERENCES workspace,
    name              text NOT NULL,
    type              text NOT NULL,
    -- encrypted: whoever knows the URL of a webhook can post to it
    sealed_webhook_url text NOT NULL,
    created_at        timestamptz NOT NULL,
    created_by        jsonb NOT NULL,
    updated_at        timestamptz NOT NULL,
    updated_by        jsonb NOT NULL,
    CONSTRAINT notification_channel_name_unique UNIQUE (workspace_id, name)
);

CREATE TABLE alert (
    id              text PRIMARY KEY,
    organization_id text NOT NULL REFERENCES organization,
    workspace_id    text NOT NULL REFERENCES workspace,
    deployment_id   text NOT NULL REFERENCES deployment,
    name            text NOT NULL,
    type            text NOT NULL,
    severity        text NOT NULL,
    patterns        jsonb NOT NULL,
    created_at      timestamptz NOT NULL,
    created_by      jsonb NOT NULL,
    updated_at      timestamptz NOT NULL,
    updated_by      jsonb NOT NULL
);

CREATE INDEX alert_deployment ON alert (deployment_id);

CREATE TABLE alert_channel (
    alert_id   text NOT NULL REFERENCES alert ON DELETE CASCADE,
    channel_id text NOT NULL REFERENCES notification_channel,
    PRIMARY KEY (alert_id, channel_id)
);

-- up to where the failures of a Deployment have been looked at
CREATE TABLE failure_watch (
    deployment_id text PRIMARY KEY REFERENCES deployment,
    seen_until    timestamptz NOT NULL
);

-- what is to be told, once per channel and event; a row stays for a while after it was delivered, so that the same
-- event is not told again
CREATE TABLE notification (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    channel_id   text NOT NULL REFERENCES notification_channel ON DELETE CASCADE,
    event        text NOT NULL,
    message      jsonb NOT NULL,
    attempts     integer NOT NULL DEFAULT 0,
    next_at      timestamptz,
    delivered_at timestamptz,
    last_error   text,
    created_at   timestamptz NOT NULL,
    CONSTRAINT notification_event_once UNIQUE (channel_id, event)
);

CREATE INDEX notification_due ON notification (next_at) WHERE next_at IS NOT NULL;
