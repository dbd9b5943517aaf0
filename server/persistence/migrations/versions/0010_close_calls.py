"""Close calls: what a model was asked of a turn, what it answered, for how much, what came of it.

A turn that is `asked` about waits until its `due_at` at the latest.
"""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

SCHEMA = """
CREATE TABLE close_calls (
    turn_id  bigint PRIMARY KEY REFERENCES turns (id) ON DELETE CASCADE,
    chat     text NOT NULL,
    question jsonb NOT NULL,
    local    jsonb NOT NULL,
    answer   jsonb,
    failure  text,
    use      jsonb,
    outcome  text,
    at       timestamptz NOT NULL
);
CREATE INDEX close_calls_at ON close_calls (at);
CREATE INDEX turns_asked ON turns (chat) WHERE state = 'asked';
DROP INDEX turns_due;
CREATE INDEX turns_due ON turns (due_at) WHERE state IN ('open', 'shown', 'asked');
"""


def upgrade() -> None:
    op.execute(SCHEMA)


def downgrade() -> None:
    op.execute("DROP INDEX turns_due, turns_asked")
    op.execute("UPDATE turns SET state = 'ripe' WHERE state = 'asked'")
    op.execute("CREATE INDEX turns_due ON turns (due_at) WHERE state IN ('open', 'shown')")
    op.execute("DROP TABLE close_calls")
