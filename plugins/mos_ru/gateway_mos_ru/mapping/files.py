"""Files, links and electronic materials of homework and lessons (protocol notes 4.3)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, parse_qsl, unquote, urlencode, urlsplit

from gateway.core.model.attachments import AttachmentKind
from gateway.core.text import safe_filename
from gateway.core.text.printed import plain
from gateway_mos_ru.mapping.context import MapContext, Record
from gateway_mos_ru.routes import API, HOMEWORK_LAUNCH
from gateway_mos_ru.wire.homework import AttachedFile, Material, MaterialItem, MaterialUrl

_PLAIN_FILES: Final = "attachments"
_TESTS: Final = "test_"
_KEYS_OF_PLACE: Final = 2


@dataclass(frozen=True, slots=True)
class Place:
    """Where a file of ours is: host role, path and query as it was written."""

    role: str
    path: str
    query: str = ""

    @property
    def params(self) -> dict[str, str]:
        """The query, taken apart."""
        return dict(parse_qsl(self.query, keep_blank_values=True))


@dataclass(frozen=True, slots=True)
class _Told:
    """One attachment, whichever of the shapes told it."""

    kind: AttachmentKind
    kind_text: str | None
    title: str | None
    url: str | None
    size: int | None = None
    media_type: str | None = None
    created_at: str | None = None


def attachment_records(
    context: MapContext,
    *,
    files: Iterable[AttachedFile | str] | None = None,
    materials: Iterable[Material] = (),
    entry: int | None = None,
) -> list[Record]:
    """Attachments of a piece of homework or of a lesson, each once.

    A file at a host of ours can be opened through the gateway. Electronic materials and files of
    other hosts are addresses for a person; a material without one is opened by its launcher.

    Args:
        context: Where they belong.
        files: Plain files.
        materials: Materials of the newer shape, of the older one, or both together.
        entry: Number by which the launcher knows the homework.
    """
    records: dict[tuple[object, ...], Record] = {}
    for told in (*_files(files or ()), *_materials(context, materials, entry)):
        record = _record(context, told)
        if record is not None:
            records.setdefault((record["name"], record.get("id"), record.get("url")), record)
    return list(records.values())


def place_of(keys: Sequence[str]) -> Place | None:
    """The place that the native keys of an attachment name; None for any other keys."""
    if not _KEYS_OF_PLACE <= len(keys) <= _KEYS_OF_PLACE + 1 or not keys[1].startswith("/"):
        return None
    return Place(*keys)


def _files(files: Iterable[AttachedFile | str]) -> Iterator[_Told]:
    for file in files:
        if isinstance(file, str):
            yield _Told(AttachmentKind.FILE, None, None, file)
        else:
            yield _Told(
                AttachmentKind.FILE,
                None,
                file.title,
                file.link,
                size=file.file_size,
                media_type=file.content_type,
                created_at=file.created_at,
            )


def _materials(
    context: MapContext, materials: Iterable[Material], entry: int | None
) -> Iterator[_Told]:
    for material in materials:
        items: Iterable[Material | MaterialItem]
        items = (material,) if material.items is None else material.items
        kind = _kind(material.type)
        for item in items:
            if isinstance(item, MaterialItem) and item.is_hidden_from_students:
                continue
            title = item.title or material.type_name
            urls = _urls(item)
            if kind is not AttachmentKind.FILE and not urls:
                urls = _launchers(context, item.uuid, entry)
            if not urls:
                context.note("$.materials[]", "a material without an address")
            for url in urls:
                yield _Told(
                    kind,
                    material.type_name or material.type,
                    title,
                    url,
                    size=item.file_size if isinstance(item, MaterialItem) else None,
                    media_type=item.content_type,
                    created_at=item.created_at if isinstance(item, MaterialItem) else None,
                )


def _kind(word: str | None) -> AttachmentKind:
    kind = (word or "").lower()
    if kind == _PLAIN_FILES:
        return AttachmentKind.FILE
    if kind.startswith(_TESTS):
        return AttachmentKind.TEST
    return AttachmentKind.MATERIAL if kind else AttachmentKind.UNKNOWN


def _urls(item: Material | MaterialItem) -> list[str]:
    link = item.link if isinstance(item, MaterialItem) else None
    urls: list[MaterialUrl] = item.urls or []
    told = [link, *(url.url for url in urls)] if link else [url.url for url in urls]
    return list(dict.fromkeys(url.strip() for url in told if url and url.strip()))


def _launchers(context: MapContext, uuid: str | None, entry: int | None) -> list[str]:
    """The address that leads a signed-in browser to an electronic material."""
    base = next((base for role, base in context.bases if role == API), None)
    if not uuid or entry is None or base is None:
        return []
    query = urlencode({"homework_entry_id": entry, "material_id": uuid})
    return [f"{base}{HOMEWORK_LAUNCH}?{query}"]


def _record(context: MapContext, told: _Told) -> Record | None:
    url = (told.url or "").strip()
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("")
    place = _place(parts, context.bases) if told.kind is AttachmentKind.FILE else None
    if place is None and not (parts.scheme in {"http", "https"} and parts.hostname):
        context.note("$.attachments[]", "a file without an address")
        return None
    title = plain(told.title) or unquote(parts.path.rpartition("/")[2])
    record: Record = {"kind": told.kind, "name": _name(title, told.kind)}
    if place is not None:
        keys = (place.role, place.path, *([place.query] if place.query else ()))
        record["id"] = context.keys.ids.of("file", *keys)
    else:
        record["url"] = url
        if told.kind is AttachmentKind.FILE:
            record["kind"] = AttachmentKind.LINK
    optional: Record = {
        "kind_text": plain(told.kind_text),
        "size": told.size,
        "media_type": told.media_type,
        "uploaded_at": told.created_at,
    }
    record.update({key: value for key, value in optional.items() if value is not None})
    return record


def _name(title: str, kind: AttachmentKind) -> str:
    """A file's name can be written to a disk; what is no file has a title on one line."""
    if kind is AttachmentKind.FILE:
        return safe_filename(title)
    return " ".join("".join(c if c.isprintable() else " " for c in title).split()) or "—"


def _place(parts: SplitResult, bases: Iterable[tuple[str, str]]) -> Place | None:
    """The place of an address at one of our hosts."""
    if not parts.scheme and not parts.netloc:
        named = parts.path.startswith("/") and len(parts.path) > 1
        return Place(API, parts.path, parts.query) if named else None
    for role, base in bases:
        own = urlsplit(base)
        prefix = own.path.rstrip("/")
        same = (parts.scheme, parts.netloc.lower()) == (own.scheme, own.netloc.lower())
        if same and parts.path.startswith(f"{prefix}/"):
            return Place(role, parts.path.removeprefix(prefix), parts.query)
    return None
