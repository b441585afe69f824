"""Files of multipart bodies."""

from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import HTTP


def first_file(content_type: str, body: bytes) -> tuple[str, str, bytes] | None:
    """Name, media type and content of the first file of a multipart body, if it has one."""
    head = f"Content-Type: {content_type}\r\n\r\n".encode("latin-1")
    message = BytesParser(EmailMessage, policy=HTTP).parsebytes(head + body)
    for part in message.iter_parts() if message.is_multipart() else ():
        name = part.get_filename()
        if name:
            content = part.get_payload(decode=True)
            if isinstance(content, bytes):
                return name, part.get_content_type(), content
    return None
