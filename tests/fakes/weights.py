"""Weights of assignment for stories of their own, so that a refit of ours does not decide what is
close in them."""

from __future__ import annotations

# Words to the one who told of the printer, by the one who told of the terminal and of it last: 3.0
# for the terminal, 2.7 for the printer, whose share is 0.74 of the best one's; all else is far.
CLOSE_WEIGHTS = {
    "join:own": 2.0,
    "join:newest": 1.0,
    "join:names_reporter": 2.7,
    "new:fresh_system": 6.0,
    "none:bias": 0.8,
    "none:chatter": 2.0,
}
