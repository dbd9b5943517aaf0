"""What a kept answer cost when it was given, so that a run that is taken again can tell it."""

from alembic import op

revision = "0008"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE answers ADD COLUMN use jsonb")


def downgrade() -> None:
    op.execute("ALTER TABLE answers DROP COLUMN use")
