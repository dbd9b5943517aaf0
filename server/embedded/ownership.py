"""One owner at a time for a part of the data directory."""

import fcntl
import os
from pathlib import Path


class AlreadyOwned(Exception):
    """Another process owns it; the message is one sentence that names that process."""


class Ownership:
    """A lock file that the kernel frees when its owner dies, whatever the death.

    The lock may outlive its owner by a moment where a child of it is still being started.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle: int | None = None

    def take(self) -> None:
        """Own it until `give_up`. Raises AlreadyOwned."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            owner = os.read(handle, 32).decode(errors="replace").strip()
            os.close(handle)
            raise AlreadyOwned(
                f"{self._path.parent} is in use by process {owner or '(unknown)'}: stop it,"
                " or set RECADO_DATA_DIR to another directory."
            ) from None
        os.ftruncate(handle, 0)
        os.write(handle, f"{os.getpid()}\n".encode())
        self._handle = handle

    def give_up(self) -> None:
        """Let others own it; does nothing when it is not ours."""
        if self._handle is not None:
            os.ftruncate(self._handle, 0)
            os.close(self._handle)
            self._handle = None
