"""The second reader of unseen chats."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

import pytest

from evals.agreement import CHATS, SECOND, agreement
from evals.group.chat import read_chat

NAME = "es-libreria-v"


def test_every_message_of_the_chats_was_read_again() -> None:
    second = json.loads(SECOND.read_text(encoding="utf-8"))
    for name, read in second.items():
        chat = read_chat(CHATS / "unseen" / f"{name}.jsonl")
        assert [message.id for message in chat.messages] == list(read["messages"])


def test_labels_that_differ_lower_the_agreement() -> None:
    chat = read_chat(CHATS / "unseen" / f"{NAME}.jsonl")
    same: dict[str, Any] = {
        "incidents": {n: one.model_dump() for n, one in chat.incidents.items()},
        "messages": {m.id: [m.gold.kind, m.gold.incident] for m in chat.messages},
    }
    assert agreement([chat], {NAME: same})["assignment"]["exact_f"] == 1.0
    other = deepcopy(same)
    moved = next(id for id, label in same["messages"].items() if label[1] is not None)
    other["messages"][moved] = ["chatter", None]
    assert agreement([chat], {NAME: other})["assignment"]["exact_f"] < 1.0
    with pytest.raises(KeyError):
        agreement([chat], {NAME: {**same, "messages": {}}})
