"""A message may tell of several matters, each a turn of its own; what an outage tells its members.

`matters` holds the words of a message that belong to one turn, for messages that were divided.
`outage_news` is what each member was told of its outage, once; `over_at` is when an outage ended,
`back` whether people say that it works again: here, or everywhere.
"""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

SCHEMA = """
CREATE TABLE matters (
    message bigint NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
    turn_id bigint NOT NULL REFERENCES turns (id) ON DELETE CASCADE,
    text    text NOT NULL,
    PRIMARY KEY (message, turn_id)
);
CREATE INDEX matters_turn ON matters (turn_id);

CREATE TABLE outage_news (
    incident_id uuid NOT NULL REFERENCES incidents (id) ON DELETE CASCADE,
    news        text NOT NULL,
    at          timestamptz NOT NULL,
    PRIMARY KEY (incident_id, news)
);
ALTER TABLE incidents ADD COLUMN over_at timestamptz, ADD COLUMN back text;
DROP INDEX turns_due;
CREATE INDEX turns_due ON turns (due_at) WHERE state IN ('open', 'shown');
"""


def upgrade() -> None:
    op.execute(SCHEMA)


def downgrade() -> None:
    op.execute("DROP INDEX turns_due")
    op.execute("CREATE INDEX turns_due ON turns (due_at) WHERE state = 'open'")
    op.execute("ALTER TABLE incidents DROP COLUMN over_at, DROP COLUMN back")
    op.execute("DROP TABLE outage_news")
    op.execute("DROP TABLE matters")
