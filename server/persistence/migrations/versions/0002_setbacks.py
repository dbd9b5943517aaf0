"""How often a turn's run has failed, so that it ends with a person and not in a loop."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE turns ADD COLUMN setbacks integer NOT NULL DEFAULT 0")


def downgrade() -> None:
    op.execute("ALTER TABLE turns DROP COLUMN setbacks")
