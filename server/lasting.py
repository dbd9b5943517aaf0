"""What a process has loaded by the time it works stays until it ends: the garbage collector is
told so once, instead of finding it out again and again."""

from __future__ import annotations

import gc

# Collect the youngest objects once so many more were made than dropped: a turn makes thousands
# that nothing outlives, and Python's own 700 has the collector look several times a turn.
YOUNG = 20_000


def settle_in() -> None:
    """Call once all is loaded and open; collections then look at what is newer than this."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, 10, 10)
