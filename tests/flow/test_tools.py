"""What a model does with its tools is planned, and happens once or not at all.

Lupita: En la tienda 12 no sirve la terminal de cobro [photo]   -> ticket 101
Lupita: les dejo las fotos arriba
(the model attaches files 1, 2 and 3)                -> each once; there is no third
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from domain.message import MessageKind
from domain.ports import Models, Toolbox
from domain.reading import FollowUp, ModelCall
from tests.flow.chat import GroupChat
from tools.models.local.engine import LocalModels

REPORT = "En la tienda 12 no sirve la terminal de cobro"


class AttachingModels(LocalModels):
    """Attaches the files of the conversation again and again, and keeps what it was told."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[Any] = []

    async def follow_up(self, call: ModelCall, tools: Toolbox | None = None) -> FollowUp:
        """A detail, after some work."""
        assert tools is not None
        for file in (1, 2, 3):
            self.told.append(json.loads(await tools.use("upload_attachment", {"file": file})))
        return FollowUp(act="detail", reply=None)


@pytest.fixture
def models() -> Models:
    return AttachingModels()


async def test_a_model_attaches_files_of_its_conversation_each_once(
    group: GroupChat, models: AttachingModels
) -> None:
    report = await group.says(REPORT, photo=b"first", pause=2)
    await group.says("así se ve", photo=b"BAD", pause=2)
    await group.says("y así", photo=b"third")
    await group.says("les dejo las fotos arriba", quotes=report)
    planned = {"planned": "attach_file"}
    assert models.told == [planned, planned, {"error": "this conversation has 2 files"}]
    [ticket] = group.tickets
    assert [file.data for file in ticket.attachments] == [b"first", b"third"]


async def test_a_file_that_was_taken_back_is_not_offered(
    group: GroupChat, models: AttachingModels
) -> None:
    photo = await group.says("mi credencial", photo=b"private", pause=2)
    report = await group.says(REPORT, pause=2)
    await group.says("", photo=b"screen", pause=2)
    await group.says(kind=MessageKind.REVOKE, target=photo)
    await group.says("ahí va la pantalla", quotes=report)
    assert models.told[0] == {"planned": "attach_file"}
    assert models.told[1] == {"error": "this conversation has 1 files"}
    assert [file.data for file in group.tickets[0].attachments] == [b"screen"]


async def test_without_files_nothing_can_be_attached(
    group: GroupChat, models: AttachingModels
) -> None:
    await group.says(REPORT)
    await group.says("sigue igual")
    assert models.told[0] == {"error": "upload_attachment is not allowed here"}
    assert group.tickets[0].attachments == []
