"""What somebody said in a chat, newest first: it tells which store is theirs."""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "CREATE INDEX messages_writer ON messages (chat, person_id, id) "
        "WHERE NOT from_me AND text <> ''"
    )


def downgrade() -> None:
    op.execute("DROP INDEX messages_writer")
