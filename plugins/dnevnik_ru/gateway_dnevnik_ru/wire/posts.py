"""Announcements as the diary's own web pages read them (protocol notes 4.9)."""

from typing import Annotated

from gateway.core.contract.evidence import Seen
from gateway_dnevnik_ru.wire.base import Moment, Printed, Wire


class WebFile(Wire, frozen=True):
    """A file."""

    file_id: Annotated[Printed | None, Seen(1)] = None
    name: Annotated[str | None, Seen(1)] = None


class WebFiles(Wire, frozen=True):
    """The files of an announcement."""

    files: Annotated[list[WebFile] | None, Seen(1)] = None


class WebAuthor(Wire, frozen=True):
    """Who wrote it."""

    name: Annotated[str | None, Seen(1)] = None


class WebPost(Wire, frozen=True):
    """An announcement; `text` is HTML, `created_date` unix seconds."""

    id: Annotated[Printed, Seen(1)]
    text: Annotated[str | None, Seen(1)] = None
    created_date: Annotated[Moment | None, Seen(1)] = None
    topic_name: Annotated[str | None, Seen(1)] = None
    author: Annotated[WebAuthor | None, Seen(1)] = None
    attachments_container: Annotated[WebFiles | None, Seen(1)] = None


class WebPosts(Wire, frozen=True):
    """A page of announcements."""

    posts: Annotated[list[WebPost], Seen(1)]
