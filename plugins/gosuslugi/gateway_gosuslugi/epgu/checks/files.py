"""Attached files: format, size, names."""

from collections.abc import Iterator, Sequence
from typing import Final

from gateway.core.errors import ApplicationFileTooLarge, ApplicationRefused, FileFormatRejected
from gateway_gosuslugi.epgu.checks.problems import problem

AttachedFile = tuple[str, str, bytes]
"""File name, media type, content."""

LARGEST_FILE: Final = 5_000_000
"""Bytes of one file. Assumed: forms of the portal commonly name this size."""
LARGEST_SUM: Final = 50_000_000
"""Bytes of all files. One request of the portal takes as much."""
MOST_FILES: Final = 10
"""Assumed: nobody has more documents to show for one child."""

_FORMATS: Final = {
    "pdf": b"%PDF-",
    "jpg": b"\xff\xd8\xff",
    "jpeg": b"\xff\xd8\xff",
    "png": b"\x89PNG\r\n\x1a\n",
}
"""Formats by ending, with the bytes that such a file begins with. Assumed."""


def file_problems(files: Sequence[AttachedFile]) -> Iterator[ApplicationRefused]:
    """What is wrong with the files; they are named by their place, from 1."""
    for place, (name, _, content) in enumerate(files, 1):
        found = _file(f"file_{place}", name, content)
        if found is not None:
            yield found
    if len(files) > MOST_FILES or sum(len(content) for _, _, content in files) > LARGEST_SUM:
        yield problem(
            ApplicationFileTooLarge,
            "files",
            f"Файлов не больше {MOST_FILES}, вместе не больше {LARGEST_SUM // 1_000_000} МБ.",
            f"At most {MOST_FILES} files, {LARGEST_SUM // 1_000_000} MB together.",
        )


def _file(field: str, name: str, content: bytes) -> ApplicationRefused | None:
    beginning = _FORMATS.get(name.rpartition(".")[2].lower()) if "." in name else None
    if beginning is None:
        return problem(FileFormatRejected, field)
    if not content or len(content) > LARGEST_FILE:
        return problem(ApplicationFileTooLarge, field)
    if content.startswith(beginning):
        return None
    return problem(
        FileFormatRejected,
        field,
        "Содержимое файла не того формата, что в его названии. Сохраните его заново.",
        "The file's content has another format than its name says. Save it anew.",
    )
