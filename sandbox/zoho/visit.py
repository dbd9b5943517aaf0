"""One request as the log and the desk see it: who came, and what came of it."""

from dataclasses import dataclass, field
from typing import Any

AGENT_ID = "189200000000042001"
INTEGRATION_ID = "189200000000042002"
AGENTS = {AGENT_ID: "Sample Agent", INTEGRATION_ID: "Recado integration"}


@dataclass
class Visit:
    """Filled while a request is served; the log writes one line for each note."""

    method: str
    path: str
    query: str = ""
    agent_id: str = INTEGRATION_ID
    weight: int = 1
    notes: list[dict[str, Any]] = field(default_factory=list)

    def created(self, kind: str, **facts: Any) -> None:
        """Note an object that is now stored."""
        self.notes.append({"created": {"kind": kind, **facts}})

    def changed(self, kind: str, **facts: Any) -> None:
        """Note a stored object that is now different."""
        self.notes.append({"changed": {"kind": kind, **facts}})
