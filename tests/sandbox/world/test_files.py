import io
import zipfile
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.sandbox.world import attachment_bytes
from gateway.sandbox.world.files import DOCX, PDF, PNG, SMALLEST, TEXT
from gateway.sandbox.world.model import Attachment

NOW = datetime(2026, 2, 12, tzinfo=UTC)


def _file(mime: str, size: int, key: str = "file-1") -> Attachment:
    return Attachment(key=key, name="x", mime=mime, size=size, uploaded_at=NOW)


@given(
    st.sampled_from((PDF, PNG, TEXT, DOCX, "application/octet-stream")),
    st.integers(SMALLEST, 200_000),
)
def test_a_file_is_exactly_as_long_as_it_says(mime: str, size: int) -> None:
    assert len(attachment_bytes(_file(mime, size))) == size


def test_a_document_is_a_zip_that_opens() -> None:
    with zipfile.ZipFile(io.BytesIO(attachment_bytes(_file(DOCX, 9000)))) as archive:
        assert archive.testzip() is None
        assert "word/document.xml" in archive.namelist()
        assert b"Demo file file-1" in archive.read("word/document.xml")


def test_a_pdf_points_at_its_table() -> None:
    data = attachment_bytes(_file(PDF, 5000))
    start = int(data.rsplit(b"startxref\n", 1)[1].split(b"\n")[0])
    assert data[start : start + 4] == b"xref"
    assert data.endswith(b"%%EOF\n")


def test_different_files_differ() -> None:
    assert attachment_bytes(_file(PNG, 2000)) != attachment_bytes(_file(PNG, 2000, "file-2"))


@pytest.mark.parametrize("mime", [PDF, PNG, DOCX])
def test_a_size_below_the_frame_is_refused(mime: str) -> None:
    with pytest.raises(ValueError, match="too few"):
        attachment_bytes(_file(mime, 10))
