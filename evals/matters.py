"""How well a message that tells of two incidents is told from one that tells of one in two ways.

`python -m evals.matters FILE...` reads lines `{"register", "text", "systems"}`, where `systems`
names the failing thing of each incident, and prints the share that is divided as labelled.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tools.models.local.clauses import matters_of
from tools.models.local.systems import same_system

EXAMPLES = Path(__file__).parent / "examples" / "matters"


@dataclass(frozen=True)
class Told:
    """One text, and what of it fails by the label and by the rules."""

    register: str
    text: str
    labelled: tuple[str, ...]
    found: tuple[tuple[str, ...], ...]

    @property
    def is_right(self) -> bool:
        """As many incidents as labelled, each about the labelled thing."""
        if len(self.found) != len(self.labelled):
            return False
        return len(self.found) == 1 or all(
            any(same_system(system, one) for one in named)
            for system, named in zip(self.labelled, self.found, strict=True)
        )


def tell(path: Path) -> list[Told]:
    """Every labelled text of a file, divided."""
    told = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        matters = matters_of([row["text"]])
        found = tuple(tuple(m.systems) for m in matters)
        told.append(Told(row["register"], row["text"], tuple(row["systems"]), found))
    return told


def figures(told: Sequence[Told]) -> dict[str, object]:
    """Shares right, of all and of either kind; needlessly divided ones are what costs most."""
    one = [t for t in told if len(t.labelled) == 1]
    several = [t for t in told if len(t.labelled) > 1]
    return {
        "texts": len(told),
        "right": round(sum(t.is_right for t in told) / len(told), 3),
        "one_kept_whole": f"{sum(t.is_right for t in one)}/{len(one)}",
        "several_divided": f"{sum(t.is_right for t in several)}/{len(several)}",
    }


def main() -> None:
    """Print the figures of the given files, and what is wrong in those that are for tuning."""
    for path in [Path(name) for name in sys.argv[1:]] or sorted(EXAMPLES.glob("*.jsonl")):
        told = tell(path)
        sys.stdout.write(f"{path.stem}: {json.dumps(figures(told))}\n")
        for wrong in [t for t in told if not t.is_right and path.stem != "unseen"]:
            sys.stdout.write(f"  {wrong.register} {wrong.text!r}: {wrong.found}\n")


if __name__ == "__main__":
    main()
