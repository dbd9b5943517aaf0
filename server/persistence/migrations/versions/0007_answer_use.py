"""What a kept answer cost when it was given, so that a run that is taken again can tell it; and
what the page's figures are read by: blocks by time, which cost a writer next to nothing. And when
the desk changed the ticket as we know it, so that nothing older is told after it."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE answers ADD COLUMN use jsonb")
    op.execute("ALTER TABLE incidents ADD COLUMN ticket_modified_at timestamptz")
    op.execute("CREATE INDEX messages_received ON messages USING brin (received_at)")
    op.execute("CREATE INDEX steps_at ON steps USING brin (at)")


def downgrade() -> None:
    op.execute("DROP INDEX steps_at, messages_received")
    op.execute("ALTER TABLE incidents DROP COLUMN ticket_modified_at")
    op.execute("ALTER TABLE answers DROP COLUMN use")
