"""Corrections: what a person changed about where messages belong, who, when and why, for good.

An incident that was set aside takes no new turn from that moment on, whatever its status says until
its next run.
"""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

SCHEMA = """
CREATE TABLE corrections (
    id          bigserial PRIMARY KEY,
    request_key text NOT NULL UNIQUE,
    kind        text NOT NULL,
    asked       jsonb NOT NULL,
    author      text NOT NULL,
    why         text NOT NULL,
    account     text NOT NULL,
    source      uuid NOT NULL,
    target      uuid,
    moved       jsonb NOT NULL,
    changes     jsonb NOT NULL,
    at          timestamptz NOT NULL
);
CREATE INDEX corrections_source ON corrections (source, id);
CREATE INDEX corrections_target ON corrections (target, id) WHERE target IS NOT NULL;

CREATE FUNCTION keep_correction() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'corrections are kept as they were made'; END $$;
CREATE TRIGGER keep_correction BEFORE UPDATE OR DELETE ON corrections
    FOR EACH ROW EXECUTE FUNCTION keep_correction();

ALTER TABLE incidents ADD COLUMN merged_into uuid REFERENCES incidents (id)
    ON DELETE SET NULL;
ALTER TABLE incidents ADD COLUMN set_aside_at timestamptz;
"""


def upgrade() -> None:
    op.execute(SCHEMA)


def downgrade() -> None:
    op.execute("ALTER TABLE incidents DROP COLUMN merged_into, DROP COLUMN set_aside_at")
    op.execute("DROP TABLE corrections")
    op.execute("DROP FUNCTION keep_correction()")
