"""Writes `.env.example` from the settings: `python -m server.env_example > .env.example`."""

import sys
import textwrap
from pathlib import Path

from server.settings_sections import SECTIONS, names_of, takes_numbered

_OPENING = """\
# Recado reads .env beside it; the environment beats it. Everything has a default, and what is
# unset is off, or embedded. Copy the lines you need to .env and take the '#' away.
"""


def env_example() -> str:
    """Every name, commented out, with its meaning and its default."""
    lines = [_OPENING]
    for section in SECTIONS:
        lines.append(f"# ---- {section.__doc__} ----")
        for field, held in section.model_fields.items():
            chief, *others = names_of(section, field)
            meaning = held.description or ""
            if others:
                meaning += f"; also {', '.join(others)}"
            if takes_numbered(section, field):
                meaning += f"; also {chief}_1, {chief}_2 ..."
            lines += textwrap.wrap(meaning, 96, initial_indent="# ", subsequent_indent="# ")
            lines.append(f"#{chief}={_shown(held.default)}")
        lines.append("")
    return "\n".join(lines)


def _shown(default: object) -> str:
    if default is None or default == ():
        return ""
    if isinstance(default, bool):
        return str(default).lower()
    if isinstance(default, Path):
        return f"./{default}"
    return f"{default:g}" if isinstance(default, float) else str(default)


if __name__ == "__main__":
    sys.stdout.write(env_example())
