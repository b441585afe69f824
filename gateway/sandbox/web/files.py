"""Files and fields of multipart bodies."""

from collections.abc import Iterator
from email.message import EmailMessage, MIMEPart
from email.parser import BytesParser
from email.policy import HTTP


def first_file(content_type: str, body: bytes) -> tuple[str, str, bytes] | None:
    """Name, media type and content of the first file of a multipart body, if it has one."""
    for part in _parts(content_type, body):
        name = part.get_filename()
        if name:
            content = part.get_payload(decode=True)
            if isinstance(content, bytes):
                return name, part.get_content_type(), content
    return None


def multipart_pairs(content_type: str, body: bytes) -> list[tuple[str, str]]:
    """Names and values of the fields of a multipart body, files left out; else nothing."""
    if not content_type.startswith("multipart/"):
        return []
    found = []
    for part in _parts(content_type, body):
        name = part.get_param("name", header="content-disposition")
        content = part.get_payload(decode=True)
        if isinstance(name, str) and part.get_filename() is None and isinstance(content, bytes):
            found.append((name, content.decode("utf-8", "replace")))
    return found


def _parts(content_type: str, body: bytes) -> Iterator[MIMEPart]:
    head = f"Content-Type: {content_type}\r\n\r\n".encode("latin-1")
    message = BytesParser(EmailMessage, policy=HTTP).parsebytes(head + body)
    if message.is_multipart():
        yield from message.iter_parts()
