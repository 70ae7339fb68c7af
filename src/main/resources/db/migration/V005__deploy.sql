-- why: a code push is a thing of its own with a history; what was acknowledged must go on after a crash, in order.

CREATE TABLE deploy (
    id                    text PRIMARY KEY,
    organization_id       text NOT NULL REFERENCES organization,
    deployment_id         text NOT NULL REFERENCES deployment,
    type                  text NOT NULL,
    -- CREATED until finalized; QUEUED, VALIDATING, ACTIVATING are under way; DEPLOYED and FAILED are ends
    state                 text NOT NULL,
    status_reason         text NOT NULL,
    description           text,
    git                   jsonb,
    runtime_version       text NOT NULL,
    image_tag             text NOT NULL,
    is_dag_deploy_enabled boolean NOT NULL,
    rollback_from_id      text REFERENCES deploy,
    -- the upload's version and what was uploaded; NULL until an upload is complete, and for the last two in a rollback
    bundle_version        text,
    upload_bytes          bigint,
    upload_sha256         text,
    -- order of processing within the Deployment; NULL until finalized
    queue_number          bigint,
    is_forced             boolean NOT NULL,
    -- DesiredCode and Findings once validated
    code                  jsonb,
    findings              jsonb,
    finalized_at          timestamptz,
    ended_at              timestamptz,
    -- when retention threw the bundle version away
    purged_at             timestamptz,
    created_at            timestamptz NOT NULL,
    created_by            jsonb NOT NULL,
    updated_at            timestamptz NOT NULL,
    updated_by            jsonb NOT NULL,
    CONSTRAINT deploy_state_known
        CHECK (state IN ('CREATED', 'QUEUED', 'VALIDATING', 'ACTIVATING', 'DEPLOYED', 'FAILED')),
    CONSTRAINT deploy_queued_has_version
        CHECK (state NOT IN ('QUEUED', 'VALIDATING', 'ACTIVATING', 'DEPLOYED')
            OR (bundle_version IS NOT NULL AND queue_number IS NOT NULL)),
    CONSTRAINT deploy_queue_number_unique UNIQUE (deployment_id, queue_number)
);

-- D6: a version names one upload of a Deployment; a rollback names that of another deploy
CREATE UNIQUE INDEX deploy_bundle_version_unique ON deploy (deployment_id, bundle_version)
    WHERE rollback_from_id IS NULL;

CREATE INDEX deploy_under_way ON deploy (deployment_id, queue_number)
    WHERE state IN ('QUEUED', 'VALIDATING', 'ACTIVATING');
