"""Files."""

from collections.abc import Iterable, Mapping

from gateway.core.text import safe_filename
from gateway.core.text.printed import printed
from gateway_dnevnik_ru.mapping.context import MapContext, Record
from gateway_dnevnik_ru.wire.files import File
from gateway_dnevnik_ru.wire.mobile import MobileAttachment


def file_records(context: MapContext, files: Iterable[File]) -> dict[str, Record]:
    """Attachments by the file's number."""
    return {str(item.id): _file_record(context, item) for item in files}


def app_file_records(context: MapContext, files: Iterable[MobileAttachment]) -> dict[str, Record]:
    """Attachments by the file's number, as the app's interface tells them."""
    records: dict[str, Record] = {}
    for item in files:
        number = printed(item.file_id)
        if number is None:
            context.note("$.attachments", "a file without its number")
            continue
        name = item.file_name or ""
        ending = (item.extension or "").lstrip(".")
        if ending and not name.lower().endswith(f".{ending.lower()}"):
            name = f"{name}.{ending}"
        records[number] = {
            "id": context.keys.ids.of("file", number),
            "name": safe_filename(name, fallback=f"file-{number}"),
        }
    return records


def chosen(numbers: Iterable[int], known: Mapping[str, Record]) -> list[Record] | None:
    """The attachments with these numbers; None if any of them is not described."""
    found = [known.get(str(number)) for number in numbers]
    return None if None in found else [item for item in found if item is not None]


def _file_record(context: MapContext, file: File) -> Record:
    record: Record = {
        "id": f"{context.keys.file}{file.id}",
        "name": safe_filename(file.name or "", fallback=f"file-{file.id}"),
    }
    optional: Record = {
        "kind_text": file.type or file.type_group,
        "size": file.size,
        "uploaded_at": file.uploaded_date,
    }
    record.update({key: value for key, value in optional.items() if value is not None})
    return record
