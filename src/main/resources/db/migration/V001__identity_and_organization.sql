-- why: the tree that everything hangs on. Ids are CUIDs made by the program (they rise with time), never by the database.
-- created_by and updated_by are snapshots of the subject: they stay true when the subject is renamed or gone (S37).

-- exactly one row: this installation. bootstrapped_at is set when everything of the first start is there, so that a
-- first start that was killed goes on where it stopped.
CREATE TABLE installation (
    id              text PRIMARY KEY,
    created_at      timestamptz NOT NULL,
    bootstrapped_at timestamptz,
    only_row        boolean NOT NULL DEFAULT true,
    CONSTRAINT installation_only_row UNIQUE (only_row),
    CONSTRAINT installation_only_row_true CHECK (only_row)
);

CREATE TABLE organization (
    id          text PRIMARY KEY,
    name        text NOT NULL,
    created_at  timestamptz NOT NULL,
    created_by  jsonb NOT NULL,
    updated_at  timestamptz NOT NULL,
    updated_by  jsonb NOT NULL
);

CREATE TABLE workspace (
    id                    text PRIMARY KEY,
    organization_id       text NOT NULL REFERENCES organization,
    name                  text NOT NULL,
    description           text NOT NULL,
    cicd_enforced_default boolean NOT NULL,
    created_at            timestamptz NOT NULL,
    created_by            jsonb NOT NULL,
    updated_at            timestamptz NOT NULL,
    updated_by            jsonb NOT NULL,
    CONSTRAINT workspace_name_unique UNIQUE (organization_id, name)
);

CREATE TABLE user_account (
    id                text PRIMARY KEY,
    organization_id   text NOT NULL REFERENCES organization,
    email             text NOT NULL,
    full_name         text NOT NULL,
    organization_role text NOT NULL,
    -- Argon2id in PHC form; absent: the account cannot sign in with a password
    password_hash     text,
    created_at        timestamptz NOT NULL,
    updated_at        timestamptz NOT NULL,
    CONSTRAINT user_account_email_unique UNIQUE (email),
    CONSTRAINT user_account_email_lower CHECK (email = lower(email))
);
