"""The append-only log: what the server really did, written down before anybody is answered."""

import asyncio
import json
import os
import time
from collections import deque
from pathlib import Path
from typing import Any


class Journal:
    """JSON lines on disk (fsynced) and the newest of them in memory."""

    def __init__(self, path: Path | None) -> None:
        self.recent: deque[dict[str, Any]] = deque(maxlen=20_000)
        self._file: int | None = None
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    async def write(self, kind: str, **facts: Any) -> None:
        """Add one line; on return it is on disk."""
        line = {"at": round(time.time(), 3), "kind": kind, **facts}
        self.recent.append(line)
        if self._file is not None:
            os.write(self._file, json.dumps(line, ensure_ascii=False).encode() + b"\n")
            await asyncio.to_thread(os.fsync, self._file)

    def close(self) -> None:
        """Close the file."""
        if self._file is not None:
            os.close(self._file)
            self._file = None
