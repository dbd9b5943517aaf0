"""A stored attachment as the graph, the tools and the desk name it."""

from __future__ import annotations

import mimetypes
from collections.abc import Mapping
from typing import Any

from domain.message import PLAIN_BYTES
from graph.state import FileRef


def file_ref(attachment: Mapping[str, Any]) -> FileRef:
    """The file of one stored attachment, whether it was kept or refused."""
    mimetype = attachment["mimetype"]
    file = FileRef(name=attachment.get("filename") or _name(mimetype), mimetype=mimetype)
    if attachment.get("sha256"):
        file["sha256"] = attachment["sha256"]
        if attachment.get("picture"):
            file["picture"] = attachment["picture"]
    else:
        file["error"] = attachment.get("error") or "no se pudo descargar"
    return file


def _name(mimetype: str) -> str:
    """What a file is called that came without a name, as photos do."""
    kind = mimetype.partition(";")[0].strip()
    return "archivo" + (mimetypes.guess_extension(kind) or "" if kind != PLAIN_BYTES else "")
