-- why: what a Deployment's Airflow is to serve and what it serves are two things, and clients are told both.

ALTER TABLE deployment
    -- rises with every change of what is to run, so that a look at what ran before cannot call the change done
    ADD COLUMN revision bigint NOT NULL DEFAULT 0,
    -- DesiredCode: version, DAGs found in it, packages that came with it; NULL until the first deploy
    ADD COLUMN desired_code jsonb,
    -- the version that Airflow was last seen to serve
    ADD COLUMN live_bundle_version text,
    -- PythonLock of the setting pythonRequirements; NULL when nothing is required
    ADD COLUMN python_lock jsonb,
    -- what Airflow's pages call it after a renaming, until it starts again; NULL: the name
    ADD COLUMN instance_name text;

-- replaced as a list; a secret's value is encrypted with a key that is not in the database and never leaves again
CREATE TABLE environment_variable (
    deployment_id text NOT NULL REFERENCES deployment,
    key           text NOT NULL,
    value         text NOT NULL,
    is_secret     boolean NOT NULL,
    updated_at    timestamptz NOT NULL,
    CONSTRAINT environment_variable_key PRIMARY KEY (deployment_id, key)
);

-- a deleted Workspace keeps its row: deleted Deployments still name it
ALTER TABLE workspace
    ADD COLUMN deleted_at timestamptz,
    DROP CONSTRAINT workspace_name_unique;

-- and its name may be taken again
CREATE UNIQUE INDEX workspace_name_unique ON workspace (organization_id, name) WHERE deleted_at IS NULL;
