"""Fits the weights of assignment on labelled chats: `python -m evals.fit_assignment FILE...`.

Each chat goes the way of live traffic, once as the labels say and once as weights decide that do
not know it (`evals/teaching.py`); a conditional logit learns from what it saw (`evals/fitting.py`).
Chats that are reported on must not be given.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from pathlib import Path

from evals.fit_local import tuning_chats
from evals.fitting import STRENGTH, fit, names_of, tabulate
from evals.teaching import collect, hits_left_out, made_up, rehearse, strange_readers
from tools.models.local.joining import ASSIGNMENT

# What is said of something open and is lost, or begins it twice, costs a third more than small talk
# that becomes a comment: the shares of open incidents grow by so much.
OPEN_COUNTS = 1.35


def main() -> None:
    """Fit on the given chats, or on those that are for tuning, and write the weights."""
    from server.logs import configure_logs

    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    options = parser.parse_args()
    configure_logs(level="error", format="json")
    files = options.files or tuning_chats()
    readers = strange_readers(files)
    choices = [*collect(files, readers), *made_up()]
    sys.stderr.write(f"{len(choices)} choices of a teacher and of made-up scenes\n")
    choices += rehearse(files, readers, choices, STRENGTH)
    names = names_of(choices)
    hits = hits_left_out(choices, names, STRENGTH)
    sys.stderr.write(f"{hits:.4f} of {len(choices)} turns left out are decided as labelled\n")
    weights = fit(choices, names, STRENGTH)
    weights[names.index("join:bias")] += math.log(OPEN_COUNTS)
    shipped = {
        "fitted_on": [path.stem for path in files],
        "turns": len(choices),
        "strength": STRENGTH,
        "hits_left_out": round(hits, 4),
        "weights": {n: round(float(w), 4) for n, w in zip(names, weights, strict=True)},
    }
    ASSIGNMENT.write_text(json.dumps(shipped, indent=1) + "\n", encoding="utf-8")
    sys.stderr.write(
        f"wrote {ASSIGNMENT.name}, hits on its own chats "
        f"{tabulate(choices, names).hits(weights):.4f}\n"
    )


if __name__ == "__main__":
    main()
