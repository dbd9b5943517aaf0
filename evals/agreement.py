"""`python -m evals.agreement`: how far a second reader agrees with the labels of unseen chats.

22 of the unseen chats, those of three writers, were labelled a second time, message by message, by
readers who had the rules of the labels and not the first labels (`evals/chats/second.json`). What
two readings do not agree on says how much of a program's mistakes may be the labels'.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from evals.group.chat import GoldIncident, LabelledChat, read_chat
from evals.group.run import SaidIncident
from evals.group.score import Score

CHATS = Path(__file__).parent / "chats"
SECOND = CHATS / "second.json"


def agreement(chats: Sequence[LabelledChat], second: Mapping[str, Any]) -> dict[str, Any]:
    """The figures of `recado eval group`, with the second reader in the place of the program.

    Raises KeyError where a message of a chat has no second label.
    """
    score = Score()
    for chat in chats:
        read = second[Path(chat.source).stem]
        said = [read["messages"][message.id][1] for message in chat.messages]
        known = {
            name: GoldIncident.model_validate(one)
            for name, one in read["incidents"].items()
            if name in said
        }
        score.take(chat, said, {name: _as_said(name, one) for name, one in known.items()})
    return score.figures()


def _as_said(name: str, one: GoldIncident) -> SaidIncident:
    return SaidIncident(
        name, one.store, one.system, one.error, one.category, one.priority, one.parent, "read"
    )


def main() -> None:
    """Print it as JSON."""
    second = json.loads(SECOND.read_text(encoding="utf-8"))
    chats = [read_chat(CHATS / "unseen" / f"{name}.jsonl") for name in sorted(second)]
    found = agreement(chats, second) | {
        "chats": len(chats),
        "messages": sum(len(chat.messages) for chat in chats),
    }
    sys.stdout.write(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    main()
