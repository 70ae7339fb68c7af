-- why: whoever can write to this database must not be able to change the past of the audit log unnoticed. Rows are
-- append-only by trigger, and sealed in one total order by a chain of HMACs whose key is not in the database. Triggers
-- stop mistakes; the seals find what somebody did who switched the triggers off.

-- what a client says it is, and what was asked for (U4); empty where there is nothing to say
ALTER TABLE audit_event ADD COLUMN client_name text NOT NULL DEFAULT '';
ALTER TABLE audit_event ADD COLUMN client_version text NOT NULL DEFAULT '';
ALTER TABLE audit_event ADD COLUMN client_system text NOT NULL DEFAULT '';
ALTER TABLE audit_event ADD COLUMN method text NOT NULL DEFAULT '';
ALTER TABLE audit_event ADD COLUMN path text NOT NULL DEFAULT '';
-- named members of the request, never values of secrets (U6)
ALTER TABLE audit_event ADD COLUMN details jsonb NOT NULL DEFAULT '{}';

-- what was committed and is not sealed yet. A queue and not a question to audit_event: rows commit in another order than
-- their ids, and a search for what is missing would read the whole log every second.
CREATE TABLE audit_unsealed (
    event_id text PRIMARY KEY
);

INSERT INTO audit_unsealed (event_id) SELECT id FROM audit_event;

CREATE TABLE audit_seal (
    -- the total order: 1, 2, 3 … without gaps
    sequence  bigint PRIMARY KEY,
    event_id  text NOT NULL,
    -- which columns of the row, and in which form, the seal covers
    form      smallint NOT NULL,
    key_id    text NOT NULL,
    -- HMAC-SHA-256 over sequence, the chain value before this one, and the row
    chain     bytea NOT NULL,
    sealed_at timestamptz NOT NULL,
    CONSTRAINT audit_seal_event_unique UNIQUE (event_id)
);

-- signed records of what retention removed: every row up to this sequence. The chain goes on from the value here.
CREATE TABLE audit_cut (
    sequence bigint PRIMARY KEY,
    event_id text NOT NULL,
    chain    bytea NOT NULL,
    cut_at   timestamptz NOT NULL,
    key_id   text NOT NULL,
    mac      bytea NOT NULL
);

CREATE FUNCTION audit_event_queue() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO audit_unsealed (event_id) VALUES (NEW.id);
    RETURN NULL;
END $$;

CREATE TRIGGER audit_event_queued AFTER INSERT ON audit_event
    FOR EACH ROW EXECUTE FUNCTION audit_event_queue();

CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit log is append-only: % on % is refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;

-- the one exception: what a cut covers may go
CREATE FUNCTION audit_event_refuse_unless_cut() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM audit_seal s
               WHERE s.event_id = OLD.id AND s.sequence <= (SELECT max(c.sequence) FROM audit_cut c)) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'the audit log is append-only: DELETE on audit_event is refused'
        USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE FUNCTION audit_seal_refuse_unless_cut() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.sequence <= (SELECT max(c.sequence) FROM audit_cut c) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'the audit log is append-only: DELETE on audit_seal is refused'
        USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER audit_event_never_updated BEFORE UPDATE ON audit_event
    FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_event_never_truncated BEFORE TRUNCATE ON audit_event
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_event_deleted_if_cut BEFORE DELETE ON audit_event
    FOR EACH ROW EXECUTE FUNCTION audit_event_refuse_unless_cut();
CREATE TRIGGER audit_seal_never_updated BEFORE UPDATE ON audit_seal
    FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_seal_never_truncated BEFORE TRUNCATE ON audit_seal
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_seal_deleted_if_cut BEFORE DELETE ON audit_seal
    FOR EACH ROW EXECUTE FUNCTION audit_seal_refuse_unless_cut();
CREATE TRIGGER audit_cut_never_changed BEFORE UPDATE OR DELETE ON audit_cut
    FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_cut_never_truncated BEFORE TRUNCATE ON audit_cut
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();

-- refused uses of tokens that we know, counted in memory and added up here; when its minute is over, a row becomes one
-- audit event and goes.
CREATE TABLE token_refusal (
    token_id   text NOT NULL,
    reason     text NOT NULL,
    address    text NOT NULL,
    minute     timestamptz NOT NULL,
    uses       bigint NOT NULL,
    -- of the last use that was counted
    edge       text NOT NULL,
    request_id text NOT NULL,
    user_agent text NOT NULL,
    CONSTRAINT token_refusal_pkey PRIMARY KEY (token_id, reason, address, minute)
);

-- hashes of values that were rotated away or whose token was deleted: so that their use can be told from a guess
CREATE TABLE retired_token_secret (
    number          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    secret_hash     bytea NOT NULL,
    secret_key_id   text NOT NULL,
    token_id        text NOT NULL,
    token_name      text NOT NULL,
    organization_id text NOT NULL,
    workspace_id    text,
    deployment_id   text,
    retired_at      timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX retired_token_secret_by_time ON retired_token_secret (retired_at);

CREATE FUNCTION api_token_retire() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO retired_token_secret (secret_hash, secret_key_id, token_id, token_name, organization_id, workspace_id,
        deployment_id)
    VALUES (OLD.secret_hash, OLD.secret_key_id, OLD.id, OLD.name, OLD.organization_id, OLD.workspace_id,
        OLD.deployment_id);
    RETURN NULL;
END $$;

CREATE TRIGGER api_token_rotated AFTER UPDATE OF secret_hash ON api_token
    FOR EACH ROW WHEN (OLD.secret_hash IS DISTINCT FROM NEW.secret_hash) EXECUTE FUNCTION api_token_retire();
CREATE TRIGGER api_token_deleted AFTER DELETE ON api_token
    FOR EACH ROW EXECUTE FUNCTION api_token_retire();

ALTER TABLE api_token ADD COLUMN last_used_client text;
