"""Kept answers of models are a cache: they outlive a worker that dies, not a Postgres that does.

Writing one waits for no disk then. What a crash of Postgres takes is asked again, if its run has
not been recorded, and is of no use otherwise.
"""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE answers SET UNLOGGED")


def downgrade() -> None:
    op.execute("ALTER TABLE answers SET LOGGED")
