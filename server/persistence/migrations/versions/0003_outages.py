"""Outages: an incident may be another report of one, its parent. And the chat's latest messages."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE incidents ADD COLUMN parent uuid REFERENCES incidents (id)")
    op.execute("CREATE INDEX incidents_parent ON incidents (parent) WHERE parent IS NOT NULL")
    op.execute("CREATE INDEX messages_chat ON messages (chat, id)")


def downgrade() -> None:
    op.execute("DROP INDEX messages_chat")
    op.execute("ALTER TABLE incidents DROP COLUMN parent")
