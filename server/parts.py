"""What a process holds while it runs: opened by the lifespan, handed to doors and jobs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Depends, Request

from domain.ports import Channel, Clock, KnowledgeBase, TicketDesk
from server.desk_watch import DeskWatch
from server.engine import Engine
from server.group_names import GroupNames
from server.indexer import Indexer
from server.metrics import Metrics
from server.persistence.database import Pool
from server.pulse import Pulse
from server.queue import Queue
from server.settings import Settings
from tools.zoho.webhook import WebhookVerifier


@dataclass(frozen=True)
class Parts:
    """The opened parts of one process."""

    settings: Settings
    pool: Pool
    queue: Queue
    clock: Clock
    engine: Engine
    desk: TicketDesk
    channels: dict[str, Channel]
    knowledge: KnowledgeBase
    watch: DeskWatch
    indexer: Indexer
    names: GroupNames
    verifier: WebhookVerifier
    metrics: Metrics
    pulse: Pulse = field(default_factory=Pulse)


def _parts(request: Request) -> Parts:
    parts: Parts = request.app.state.parts
    return parts


PartsDep = Annotated[Parts, Depends(_parts)]
