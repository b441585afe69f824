"""Files and online materials → attachments; addresses of the school's own hosts (notes 4.10)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from gateway.core.model.attachments import AttachmentKind
from gateway.core.text import safe_filename
from gateway_eljur.mapping.context import MapContext, Record
from gateway_eljur.mapping.text import label
from gateway_eljur.wire.base import Printed
from gateway_eljur.wire.files import File, Resource

_WEB_SCHEMES: Final = frozenset({"http", "https"})
_KEYS_OF_PLACE: Final = 2


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is at a host of the school: host role, path and query as it was written."""

    role: str
    path: str
    query: str = ""

    @property
    def params(self) -> dict[str, str]:
        """The query, taken apart."""
        return dict(parse_qsl(self.query, keep_blank_values=True))


def attachment_records(
    context: MapContext,
    files: Iterable[File] = (),
    resources: Iterable[Resource] = (),
) -> list[Record]:
    """Attachments, each once.

    A file at a host of the school can be opened through the gateway. Files of other hosts and
    online materials are addresses for a person: no address of an answer widens where the gateway
    goes.
    """
    told = [(AttachmentKind.FILE, item.link, item.filename) for item in files]
    told += [(AttachmentKind.MATERIAL, item.link, item.filename) for item in resources]
    records: dict[tuple[object, ...], Record] = {}
    for kind, link, name in told:
        record = _record(context, kind, link, name)
        if record is None:
            context.note("$.files[]", "a file without an address")
        else:
            records.setdefault((record["name"], record.get("id"), record.get("url")), record)
    return list(records.values())


def place_of(address: str, bases: Iterable[tuple[str, str]]) -> Place | None:
    """The place of an address at one of the school's hosts; None for any other address.

    Args:
        address: Absolute, or a path of the host that told it.
        bases: Host roles with their base URLs, the first that fits is meant.
    """
    parts = _split(address)
    if not parts.scheme and not parts.netloc:
        role = next((role for role, _ in bases), None)
        named = parts.path.startswith("/") and len(parts.path) > 1
        return Place(role, parts.path, parts.query) if named and role is not None else None
    for role, base in bases:
        own = urlsplit(base)
        prefix = own.path.rstrip("/")
        same = (parts.scheme, parts.netloc.lower()) == (own.scheme, own.netloc.lower())
        if same and parts.path.startswith(f"{prefix}/"):
            return Place(role, parts.path.removeprefix(prefix), parts.query)
    return None


def place_of_keys(keys: Sequence[str]) -> Place | None:
    """The place that the native keys of an attachment name; None for any other keys."""
    if not _KEYS_OF_PLACE <= len(keys) <= _KEYS_OF_PLACE + 1 or not keys[1].startswith("/"):
        return None
    return Place(*keys)


def _record(
    context: MapContext, kind: AttachmentKind, link: str | None, name: Printed | None
) -> Record | None:
    address = (link or "").strip()
    parts = _split(address)
    place = place_of(address, context.bases) if kind is AttachmentKind.FILE else None
    if place is None and not (parts.scheme in _WEB_SCHEMES and parts.hostname):
        return None
    title = label(name) or unquote(parts.path.rpartition("/")[2])
    if place is not None:
        keys = (place.role, place.path, *([place.query] if place.query else ()))
        return {
            "kind": kind,
            "name": safe_filename(title),
            "id": context.keys.ids.of("file", *keys),
        }
    shown = " ".join("".join(c if c.isprintable() else " " for c in title).split())
    return {
        "kind": AttachmentKind.LINK if kind is AttachmentKind.FILE else kind,
        "name": shown or parts.hostname or "—",
        "url": address,
    }


def _split(address: str) -> SplitResult:
    """An address taken apart; nothing for what is none."""
    try:
        parts = urlsplit(address)
        parts.hostname  # noqa: B018 - raises for a host that is none
    except ValueError:
        return urlsplit("")
    return parts
