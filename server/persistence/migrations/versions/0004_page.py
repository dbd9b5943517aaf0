"""What the page shows: the steps of every run, and a feed of what changed.

An event carries the transaction that wrote it: readers take only what no older transaction can
still come before, so that a feed resumed after a break has no gap.
"""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

SCHEMA = """
CREATE TABLE steps (
    id             bigserial PRIMARY KEY,
    incident_id    uuid NOT NULL REFERENCES incidents (id) ON DELETE CASCADE,
    turn           integer NOT NULL,
    node           text NOT NULL,
    model          text,
    prompt_version integer,
    remembered     boolean NOT NULL DEFAULT false,
    input_tokens   integer NOT NULL DEFAULT 0,
    output_tokens  integer NOT NULL DEFAULT 0,
    usd            double precision,
    seconds        double precision NOT NULL,
    learnt         jsonb NOT NULL DEFAULT '{}',
    at             timestamptz NOT NULL
);
CREATE INDEX steps_incident ON steps (incident_id, id);

ALTER TABLE incidents ADD COLUMN sources jsonb NOT NULL DEFAULT '{}';
ALTER TABLE quarantine ADD COLUMN settled text;

CREATE TABLE events (
    id          bigserial PRIMARY KEY,
    tx          xid8 NOT NULL DEFAULT pg_current_xact_id(),
    kind        text NOT NULL,
    incident_id uuid,
    chat        text,
    at          timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX events_order ON events (tx, id);
CREATE INDEX events_at ON events (at);

-- A function a table: looking at the whole row would write out the meaning of every incident.
CREATE FUNCTION tell_page(kind text, incident uuid, chat text) RETURNS void LANGUAGE sql AS $$
    INSERT INTO events (kind, incident_id, chat) VALUES (kind, incident, chat);
    SELECT pg_notify('recado_page', '');
$$;
CREATE FUNCTION tell_incident() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN PERFORM tell_page('incident', NEW.id, NEW.chat); RETURN NULL; END $$;
CREATE FUNCTION tell_message() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN PERFORM tell_page('message', NEW.incident_id, NEW.chat); RETURN NULL; END $$;
CREATE FUNCTION tell_effect() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN PERFORM tell_page('effect', NEW.incident_id, NULL); RETURN NULL; END $$;
CREATE FUNCTION tell_quarantine() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN PERFORM tell_page('quarantine', NULL, NULL); RETURN NULL; END $$;

CREATE TRIGGER tell_new_incident AFTER INSERT ON incidents
    FOR EACH ROW EXECUTE FUNCTION tell_incident();
CREATE TRIGGER tell_incident AFTER UPDATE ON incidents FOR EACH ROW
    WHEN ((OLD.status, OLD.owner, OLD.category, OLD.priority, OLD.store, OLD.system, OLD.subject,
           OLD.ticket_number, OLD.ticket_status, OLD.failure, OLD.last_turn, OLD.last_at)
          IS DISTINCT FROM
          (NEW.status, NEW.owner, NEW.category, NEW.priority, NEW.store, NEW.system, NEW.subject,
           NEW.ticket_number, NEW.ticket_status, NEW.failure, NEW.last_turn, NEW.last_at))
    EXECUTE FUNCTION tell_incident();
CREATE TRIGGER tell_message AFTER INSERT ON messages
    FOR EACH ROW EXECUTE FUNCTION tell_message();
CREATE TRIGGER tell_new_effect AFTER INSERT ON outbox
    FOR EACH ROW EXECUTE FUNCTION tell_effect();
CREATE TRIGGER tell_effect AFTER UPDATE ON outbox FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION tell_effect();
CREATE TRIGGER tell_quarantine AFTER INSERT OR UPDATE ON quarantine
    FOR EACH ROW EXECUTE FUNCTION tell_quarantine();
"""


def upgrade() -> None:
    op.execute(SCHEMA)


def downgrade() -> None:
    for function in ("incident", "message", "effect", "quarantine"):
        op.execute(f"DROP FUNCTION tell_{function}() CASCADE")
    op.execute("DROP FUNCTION tell_page(text, uuid, text)")
    op.execute("DROP TABLE events, steps")
    op.execute("ALTER TABLE quarantine DROP COLUMN settled")
    op.execute("ALTER TABLE incidents DROP COLUMN sources")
