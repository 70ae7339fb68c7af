-- why: a signed-in browser can be signed out from the server, so sessions are rows (item 44). What the browser presents
-- is not here, only its keyed hash.

CREATE TABLE session (
    id               text PRIMARY KEY,
    user_id          text NOT NULL REFERENCES user_account,
    -- `<key id>.<HMAC-SHA-256>` of the secret in the cookie, under a key that is not in the database
    secret_seal      text NOT NULL,
    started_at       timestamptz NOT NULL,
    seen_at          timestamptz NOT NULL,
    -- when a password was last typed in it: what matters most asks again (item 48)
    authenticated_at timestamptz NOT NULL,
    ends_at          timestamptz NOT NULL,
    address          text NOT NULL,
    user_agent       text NOT NULL,
    CONSTRAINT session_secret_unique UNIQUE (secret_seal)
);

CREATE INDEX session_by_user ON session (user_id);

-- a form that makes or replaces a value can be sent once: going back and sending it again makes nothing
CREATE TABLE spent_form (
    nonce    text PRIMARY KEY,
    spent_at timestamptz NOT NULL
);

CREATE INDEX spent_form_by_time ON spent_form (spent_at);

-- the last changes of a Deployment are shown on its page
CREATE INDEX audit_event_by_deployment ON audit_event (deployment_id, at) WHERE deployment_id IS NOT NULL;
