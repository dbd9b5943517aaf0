"""The figures of reading pictures, as a table for a person to read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console

_SHARES = ("error", "system", "words", "silent", "honest", "false", "invented")


def print_figures(found: dict[str, Any], console: Console) -> None:
    """One row in all, one a trouble, one a baseline, and what was said that is not there."""
    from rich.table import Table

    table = Table(title=f"{found['pictures']} synthetic photos, part {found['part']}")
    table.add_column("", no_wrap=True)
    for column in ("photos", *_SHARES, "ms"):
        table.add_column(column, justify="right")
    rows = {"recado": found, **found["baselines"], **found["by_trouble"]}
    for name, figures in rows.items():
        photos = figures["legible"] + figures["nothing_to_read"]
        shares = [figures[share] for share in _SHARES]
        table.add_row(
            name,
            str(photos),
            *("-" if share is None else f"{share:.3f}" for share in shares),
            str(figures["milliseconds"]),
        )
    console.print(table)
    for case in found["worst"]:
        said = f"error {case['error']}, system {case['system']}"
        console.print(f"{case['photo']}: {said}; it shows: {case['shows'] or 'nothing'}")
