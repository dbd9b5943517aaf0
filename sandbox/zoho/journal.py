"""The append-only log, the judge of fault tests: a line is on disk before its answer leaves."""

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from sandbox.zoho.clock import iso


class Journal:
    """One JSON object a line, numbered from 1; a restart goes on where the file ends."""

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self._lines: list[dict[str, Any]] = []
        self._out = None if file is None else file.open("a+b")
        if self._out is not None:
            self._out.seek(0)
            written = self._out.read()
            self._lines = [line for raw in written.splitlines() if (line := _parsed(raw))]
            if written and not written.endswith(b"\n"):
                self._out.write(b"\n")
        self._seq = max((line["seq"] for line in self._lines), default=0)

    def write(self, line: Mapping[str, Any]) -> None:
        """Append one line and wait until it is on disk."""
        self._seq += 1
        full = {"at": iso(), "seq": self._seq, **line}
        self._lines.append(full)
        if self._out is not None:
            self._out.write(json.dumps(full).encode() + b"\n")
            self._out.flush()
            os.fsync(self._out.fileno())

    def lines(self, after: int = 0) -> list[dict[str, Any]]:
        """Every line with a number above `after`, of earlier runs as well."""
        return [line for line in self._lines if line["seq"] > after]

    def close(self) -> None:
        """Close the file."""
        if self._out is not None:
            self._out.close()


def _parsed(raw: bytes) -> dict[str, Any] | None:
    with suppress(ValueError):
        line = json.loads(raw)
        if isinstance(line, dict) and "seq" in line:
            return line
    return None  # a line torn by a kill
