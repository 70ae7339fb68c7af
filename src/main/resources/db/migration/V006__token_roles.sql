-- why: a token has exactly one role on the object it belongs to, which stays in api_token.role; a Workspace's or an
-- Organization's token may hold roles on other objects too, one on each.

CREATE TABLE api_token_role (
    token_id      text NOT NULL REFERENCES api_token ON DELETE CASCADE,
    workspace_id  text NOT NULL REFERENCES workspace,
    -- NULL: the role is held on the Workspace, and so on all of its Deployments
    deployment_id text REFERENCES deployment,
    role          text NOT NULL,
    CONSTRAINT api_token_role_one_per_object UNIQUE NULLS NOT DISTINCT (token_id, workspace_id, deployment_id),
    CONSTRAINT api_token_role_fits_object CHECK ((deployment_id IS NULL) = starts_with(role, 'WORKSPACE_'))
);

CREATE INDEX api_token_role_by_deployment ON api_token_role (deployment_id);
CREATE INDEX api_token_role_by_workspace ON api_token_role (workspace_id);

-- of what is a token's own, only the Deployment was looked up until now
CREATE INDEX api_token_by_workspace ON api_token (workspace_id);
