"""Messages, turns, incidents, effects and what surrounds them."""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

SCHEMA = """
CREATE TABLE chats (
    chat            text PRIMARY KEY,
    account         text NOT NULL,
    channel         text NOT NULL,
    name            text NOT NULL DEFAULT '',
    store           text,
    last_message_at timestamptz
);

CREATE TABLE persons (
    id         uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    name       text NOT NULL DEFAULT '',
    role       text NOT NULL DEFAULT 'staff',
    store      text,
    contact_id text,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE person_ids (
    kind      text NOT NULL,
    value     text NOT NULL,
    person_id uuid NOT NULL REFERENCES persons (id) ON DELETE CASCADE,
    PRIMARY KEY (kind, value)
);
CREATE INDEX person_ids_person ON person_ids (person_id);

CREATE TABLE incidents (
    id            uuid PRIMARY KEY,
    account       text NOT NULL,
    channel       text NOT NULL,
    chat          text NOT NULL,
    reporter_id   uuid NOT NULL REFERENCES persons (id),
    participants  uuid[] NOT NULL DEFAULT '{}',
    status        text NOT NULL DEFAULT 'candidate',
    owner         text,
    category      text,
    priority      text,
    store         text,
    system        text,
    error         text,
    subject       text,
    fields        jsonb NOT NULL DEFAULT '{}',
    pending       jsonb,
    asked         jsonb NOT NULL DEFAULT '{}',
    meaning       real[] NOT NULL DEFAULT '{}',
    ticket_id     text,
    ticket_number text,
    ticket_status text,
    ticket_closed boolean NOT NULL DEFAULT false,
    failure       text,
    trace_id      text,
    turn_count    integer NOT NULL DEFAULT 0,
    last_turn     integer NOT NULL DEFAULT 0,
    fence         bigint NOT NULL DEFAULT 0,
    lease_owner   text,
    lease_until   timestamptz,
    opened_at     timestamptz NOT NULL,
    last_at       timestamptz NOT NULL,
    updated_at    timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX incidents_chat ON incidents (chat, status);
CREATE UNIQUE INDEX incidents_ticket ON incidents (ticket_id) WHERE ticket_id IS NOT NULL;

CREATE TABLE turns (
    id          bigserial PRIMARY KEY,
    account     text NOT NULL,
    channel     text NOT NULL,
    chat        text NOT NULL,
    person_id   uuid REFERENCES persons (id),
    incident_id uuid REFERENCES incidents (id) ON DELETE CASCADE,
    number      integer,
    kind        text NOT NULL,
    name        text NOT NULL DEFAULT '',
    data        jsonb NOT NULL DEFAULT '{}',
    state       text NOT NULL DEFAULT 'open',
    first_at    timestamptz NOT NULL,
    last_at     timestamptz NOT NULL,
    due_at      timestamptz NOT NULL,
    trace_id    text,
    updated_at  timestamptz NOT NULL DEFAULT now(),
    UNIQUE (incident_id, number)
);
CREATE UNIQUE INDEX turns_one_open ON turns (chat, person_id) WHERE state = 'open';
CREATE INDEX turns_due ON turns (due_at) WHERE state = 'open';
CREATE INDEX turns_ripe ON turns (chat, id) WHERE state = 'ripe';
CREATE INDEX turns_assigned ON turns (incident_id, number) WHERE state = 'assigned';

CREATE TABLE messages (
    id          bigserial PRIMARY KEY,
    account     text NOT NULL,
    chat        text NOT NULL,
    message_id  text NOT NULL,
    kind        text NOT NULL,
    version     bigint NOT NULL DEFAULT 0,
    channel     text NOT NULL,
    person_id   uuid REFERENCES persons (id),
    name        text NOT NULL DEFAULT '',
    from_me     boolean NOT NULL DEFAULT false,
    sent_at     timestamptz NOT NULL,
    received_at timestamptz NOT NULL,
    text        text NOT NULL DEFAULT '',
    quotes      text,
    quoted_text text,
    mentions    jsonb NOT NULL DEFAULT '[]',
    attachments jsonb NOT NULL DEFAULT '[]',
    target      text,
    wire_id     text,
    upgraded    boolean NOT NULL DEFAULT false,
    turn_id     bigint REFERENCES turns (id),
    incident_id uuid REFERENCES incidents (id) ON DELETE SET NULL,
    trace_id    text,
    UNIQUE (account, chat, message_id, kind, version)
);
CREATE INDEX messages_turn ON messages (turn_id);
CREATE INDEX messages_incident ON messages (incident_id);
CREATE INDEX messages_stanza ON messages (chat, message_id);

CREATE TABLE assignments (
    id          bigserial PRIMARY KEY,
    turn_id     bigint NOT NULL REFERENCES turns (id) ON DELETE CASCADE,
    message_id  text,
    incident_id uuid,
    outcome     text NOT NULL,
    confidence  real NOT NULL,
    reason      text NOT NULL,
    decided_by  text NOT NULL,
    evidence    jsonb NOT NULL DEFAULT '{}',
    replaces    bigint REFERENCES assignments (id),
    at          timestamptz NOT NULL
);
CREATE INDEX assignments_incident ON assignments (incident_id);

CREATE TABLE timers (
    incident_id uuid NOT NULL REFERENCES incidents (id) ON DELETE CASCADE,
    name        text NOT NULL,
    due_at      timestamptz NOT NULL,
    PRIMARY KEY (incident_id, name)
);
CREATE INDEX timers_due ON timers (due_at);

CREATE TABLE outbox (
    id           bigserial PRIMARY KEY,
    effect_key   text NOT NULL UNIQUE,
    incident_id  uuid NOT NULL REFERENCES incidents (id) ON DELETE CASCADE,
    lane         text NOT NULL,
    kind         text NOT NULL,
    purpose      text NOT NULL,
    payload      jsonb NOT NULL,
    needs        text,
    turn         integer NOT NULL DEFAULT 0,
    state        text NOT NULL DEFAULT 'pending',
    attempts     integer NOT NULL DEFAULT 0,
    looks        integer NOT NULL DEFAULT 0,
    not_before   timestamptz,
    wake_at      timestamptz NOT NULL,
    attempted_at timestamptz,
    deadline     timestamptz,
    text         text,
    remote       jsonb,
    reason       text,
    trace_id     text,
    created_at   timestamptz NOT NULL,
    done_at      timestamptz
);
CREATE INDEX outbox_lane ON outbox (incident_id, lane, id)
    WHERE state IN ('pending', 'attempting', 'unknown');
CREATE INDEX outbox_waiting ON outbox (wake_at)
    WHERE state IN ('pending', 'attempting', 'unknown');

CREATE TABLE answers (
    key         text PRIMARY KEY,
    incident_id text NOT NULL,
    node        text NOT NULL,
    answer      jsonb NOT NULL,
    at          timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX answers_incident ON answers (incident_id);

CREATE TABLE documents (
    id         text PRIMARY KEY,
    type       text NOT NULL,
    content    text NOT NULL,
    metadata   jsonb NOT NULL DEFAULT '{}',
    indexed_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX documents_new ON documents (created_at) WHERE indexed_at IS NULL;

CREATE TABLE quarantine (
    id     bigserial PRIMARY KEY,
    source text NOT NULL,
    reason text NOT NULL,
    body   text NOT NULL,
    at     timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE secrets (
    name       text PRIMARY KEY,
    value      bytea NOT NULL,
    expires_at timestamptz,
    updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE marks (
    name  text PRIMARY KEY,
    value text NOT NULL
);
"""


def upgrade() -> None:
    op.execute(SCHEMA)


def downgrade() -> None:
    raise NotImplementedError("there is nothing before the first version")
