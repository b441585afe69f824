"""Queries and request bodies as bytes."""

import json
import re
import secrets
from collections.abc import Callable, Sequence
from typing import Final, cast
from urllib.parse import quote, urlencode

from gateway.core.errors import InvalidRequest
from gateway.core.wire.request import Body

_PATH: Final = re.compile(r"/[!\"$-~]*")
_MEDIA_TYPE: Final = re.compile(r"[\x20-\x7e]+")
_ESCAPES: Final = str.maketrans({'"': "%22", "\r": "%0D", "\n": "%0A"})


def encode_target(path: str, params: Sequence[tuple[str, str]]) -> str:
    """Path and query of a request; UTF-8, spaces as `%20`, repeated keys stay repeated.

    Raises:
        InvalidRequest: The path is not absolute or has characters that must be encoded.
    """
    if not _PATH.fullmatch(path):
        raise _invalid("the path is not absolute or not percent-encoded")
    if not params:
        return path
    joint = "&" if "?" in path else "?"
    try:
        return path + joint + urlencode(params, quote_via=quote)
    except UnicodeError:
        raise _invalid("a query value is no text") from None


def encode_body(
    body: Body | None, *, boundary: Callable[[], str] = lambda: secrets.token_hex(16)
) -> tuple[bytes, str | None]:
    """Content and content type of a body; `b""` and None where there is none.

    JSON is compact UTF-8 with non-ASCII letters as they are.

    Raises:
        InvalidRequest: The value cannot be written in the body's form.
    """
    if body is None:
        return b"", None
    if not _MEDIA_TYPE.fullmatch(body.media_type):
        raise _invalid("a media type cannot be sent as it stands")
    if body.form == "json":
        return _json(body.value), body.media_type
    if body.form == "form":
        return _form(cast("Sequence[tuple[str, str]]", body.value)), body.media_type
    if body.form == "multipart":
        return _multipart(body.files, boundary())
    if not isinstance(body.value, bytes):
        raise _invalid("a body of bytes has another value")
    return body.value, body.media_type


def _json(value: object) -> bytes:
    try:
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
        return text.encode()
    except (TypeError, ValueError, RecursionError):
        raise _invalid("the value cannot be written as JSON") from None


def _form(fields: Sequence[tuple[str, str]]) -> bytes:
    try:
        return urlencode(fields).encode("ascii")
    except (TypeError, ValueError):
        raise _invalid("the value cannot be written as a form") from None


def _multipart(
    files: Sequence[tuple[str, str | None, str, bytes]], boundary: str
) -> tuple[bytes, str]:
    """RFC 7578, names quoted as browsers do; a part without a file name is a plain field.

    An empty media type leaves the part's `Content-Type` out.
    """
    delimiter = f"--{boundary}\r\n".encode("ascii")
    content = bytearray()
    for field, filename, media_type, data in files:
        if media_type and not _MEDIA_TYPE.fullmatch(media_type):
            raise _invalid("a media type cannot be sent as it stands")
        head = f'Content-Disposition: form-data; name="{field.translate(_ESCAPES)}"'
        if filename is not None:
            head += f'; filename="{filename.translate(_ESCAPES)}"'
        if media_type:
            head += f"\r\nContent-Type: {media_type}"
        content += delimiter + head.encode(errors="replace") + b"\r\n\r\n" + data + b"\r\n"
    content += f"--{boundary}--\r\n".encode("ascii")
    return bytes(content), f"multipart/form-data; boundary={boundary}"


def _invalid(reason: str) -> InvalidRequest:
    return InvalidRequest(reason)
