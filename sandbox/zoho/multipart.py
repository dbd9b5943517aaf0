"""The one form Zoho Desk takes files in: multipart/form-data with a single part named `file`."""

import re
from dataclasses import dataclass
from email.message import Message

from sandbox.zoho.errors import FieldError, ZohoError, invalid_data, unsupported_media


@dataclass(frozen=True)
class Upload:
    """A file as it came."""

    name: str
    content: bytes


def read_upload(content_type: str, body: bytes) -> Upload:
    """The single `file` part; 415 for another media type, 400 when broken, 422 when absent."""
    header = Message()
    header["content-type"] = content_type
    if header.get_content_type() != "multipart/form-data":
        raise unsupported_media()
    boundary = header.get_boundary()
    if not boundary:
        raise ZohoError(400, "BAD_REQUEST", "The multipart body has no boundary.")
    delimiter = b"\r\n--" + boundary.encode()
    sections = (b"\r\n" + body).split(delimiter)
    if len(sections) < 2 or not sections[-1].startswith(b"--"):
        raise ZohoError(400, "BAD_REQUEST", "The multipart body is not complete.")
    uploads = [upload for section in sections[1:-1] if (upload := _file(section)) is not None]
    if not uploads:
        raise invalid_data([FieldError("/file", "missing")])
    if len(uploads) > 1 or len(sections) > 3:
        raise invalid_data([FieldError("/file", "invalid")])
    return uploads[0]


def _file(section: bytes) -> Upload | None:
    head, _, content = section.removeprefix(b"\r\n").partition(b"\r\n\r\n")
    for line in head.decode("utf-8", "replace").split("\r\n"):
        name, _, value = line.partition(":")
        if name.strip().lower() == "content-disposition":
            field = re.search(r'[;\s]name="([^"]*)"', value)
            file = re.search(r'filename="([^"]*)"', value)
            if field and file and field[1] == "file":
                return Upload(file[1].replace("%22", '"'), content)
    return None
