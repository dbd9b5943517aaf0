"""What is learnt of people: the stores they spoke for, who turned out to be whom, and which
incident goes on with an older one whose ticket was closed too long ago."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

SCHEMA = """
CREATE TABLE sightings (
    incident_id uuid PRIMARY KEY REFERENCES incidents (id) ON DELETE CASCADE,
    person_id   uuid NOT NULL REFERENCES persons (id),
    chat        text NOT NULL,
    store       text NOT NULL,
    denied      text,
    at          timestamptz NOT NULL
);
CREATE INDEX sightings_person ON sightings (person_id, at);
CREATE INDEX sightings_chat ON sightings (chat, at);

-- Whom somebody turned out to be: states and plans written before still name the old one.
ALTER TABLE persons ADD COLUMN merged_into uuid REFERENCES persons (id);
CREATE INDEX persons_merged ON persons (merged_into) WHERE merged_into IS NOT NULL;

-- Edits and deletions that came before what they change.
CREATE INDEX messages_target ON messages (chat, target) WHERE target IS NOT NULL;

-- What somebody was asked about, because what they quoted could not be read.
CREATE INDEX turns_unclear ON turns (chat, person_id)
    WHERE state = 'nothing' AND data ? 'unclear';

-- What we said lately in a chat.
CREATE INDEX messages_ours ON messages (chat, sent_at) WHERE from_me;

ALTER TABLE incidents ADD COLUMN ticket_closed_at timestamptz;
ALTER TABLE incidents ADD COLUMN follows uuid REFERENCES incidents (id);
"""


def upgrade() -> None:
    op.execute(SCHEMA)


def downgrade() -> None:
    op.execute("ALTER TABLE incidents DROP COLUMN follows, DROP COLUMN ticket_closed_at")
    op.execute("DROP INDEX messages_ours")
    op.execute("DROP INDEX turns_unclear")
    op.execute("DROP INDEX messages_target")
    op.execute("ALTER TABLE persons DROP COLUMN merged_into")
    op.execute("DROP TABLE sightings")
