-- why: a Deployment that runs as processes of this host keeps its user id and its port across restarts. The row stays
-- when the Deployment is retired, so that no other is given a user id that files in the trash still belong to.

CREATE TABLE process_allocation (
    deployment_id text PRIMARY KEY,
    -- NULL while Headgate is not root: then everything runs under its own user
    uid           integer,
    port          integer,
    retired_at    timestamptz,
    CONSTRAINT process_allocation_uid_unique UNIQUE (uid),
    CONSTRAINT process_allocation_port_unique UNIQUE (port),
    CONSTRAINT process_allocation_retired_has_no_port CHECK (retired_at IS NULL OR port IS NULL)
);
