"""Bytes of attachments: small valid files of exactly the promised size, the same every time."""

import struct
import zlib

from gateway.sandbox.world.model import Attachment

PDF = "application/pdf"
PNG = "image/png"
TEXT = "text/plain"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SMALLEST = 2048  # every kind fits its frame into this


def attachment_bytes(attachment: Attachment) -> bytes:
    """The file's content, ``attachment.size`` bytes long.

    Raises:
        ValueError: the size is too small for the kind of file.
    """
    makers = {PDF: _pdf, PNG: _png, DOCX: _docx}
    data = makers.get(attachment.mime, _text)(attachment.key, attachment.size)
    if len(data) != attachment.size:
        raise ValueError(f"{attachment.key}: {attachment.size} bytes are too few")
    return data


def _filler(key: str, size: int) -> bytes:
    line = f"Demo file {key}. Nothing in it is real. ".encode()
    return (line * (size // len(line) + 1))[: max(size, 0)]


def _text(key: str, size: int) -> bytes:
    return _filler(key, size)


def _pdf(key: str, size: int) -> bytes:
    body = b"%PDF-1.4\n"
    offsets = []
    for number, content in enumerate(
        (
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>",
        ),
        start=1,
    ):
        offsets.append(len(body))
        body += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)

    end = (
        b"xref\n0 4\n0000000000 65535 f \n%btrailer\n<< /Size 4 /Root 1 0 R >>\n"
        b"startxref\n%010d\n%%%%EOF\n"
    )
    start = size - len(end % (table, 0))
    padding = start - len(body)
    if padding < 2:  # noqa: PLR2004 - a comment needs its sign and its line end
        return b""
    return body + b"%" + _filler(key, padding - 2) + b"\n" + end % (table, start)


def _png(key: str, size: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        crc = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", crc)

    head = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    end = chunk(b"IDAT", zlib.compress(b"\x00\xff")) + chunk(b"IEND", b"")
    label = b"Comment\0"
    padding = size - len(head) - len(end) - len(chunk(b"tEXt", label))
    return head + chunk(b"tEXt", label + _filler(key, padding)) + end if padding >= 0 else b""


def _docx(key: str, size: int) -> bytes:
    """A stored (uncompressed) zip with the three parts that make a word document."""
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    parts = {
        "[Content_Types].xml": (
            f'<Types xmlns="{types}"><Default Extension="rels" ContentType='
            f'"application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>'
        ),
        "_rels/.rels": (
            f'<Relationships xmlns="{relations}"><Relationship Id="r1" Type="{office}" '
            f'Target="word/document.xml"/></Relationships>'
        ),
        "word/document.xml": "",
    }
    frame = f'<w:document xmlns:w="{word}"><w:body><w:p><w:r><w:t>{{}}</w:t></w:r></w:p></w:body>'
    frame += "</w:document>"
    parts["word/document.xml"] = frame.format("")
    missing = size - len(_zip(parts))
    if missing < 0:
        return b""
    parts["word/document.xml"] = frame.format(_filler(key, missing).decode())
    return _zip(parts)


def _zip(parts: dict[str, str]) -> bytes:
    body, directory = b"", b""
    for name, text in parts.items():
        data, path = text.encode(), name.encode()
        fields = struct.pack(
            "<HHHHHIIIHH", 20, 0, 0, 0, 0x21, zlib.crc32(data), len(data), len(data), len(path), 0
        )
        directory += b"PK\x01\x02" + struct.pack("<H", 20) + fields
        directory += struct.pack("<HHHII", 0, 0, 0, 0, len(body)) + path
        body += b"PK\x03\x04" + fields + path + data
    end = struct.pack("<HHHHIIH", 0, 0, len(parts), len(parts), len(directory), len(body), 0)
    return body + directory + b"PK\x05\x06" + end
