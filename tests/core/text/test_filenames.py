import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.core.text import safe_filename

NAMES = {
    "Домашняя работа.docx": "Домашняя работа.docx",
    "../../etc/passwd": "passwd",
    "..\\..\\windows\\system.ini": "system.ini",
    "/абсолютный/путь.pdf": "путь.pdf",
    "C:\\Users\\x\\тест.doc": "тест.doc",
    "C:тест.doc": "C_тест.doc",
    "тест.doc:Zone.Identifier": "тест.doc_Zone.Identifier",
    "фото\u202egnp.exe": "фотоgnp.exe",
    "a\u2066b\u200fc\u061cd.txt": "abcd.txt",
    "a\x00b\x1fc\x7f.txt": "abc.txt",
    "a\r\nb.txt": "a b.txt",
    "a\u2028b.txt": "a b.txt",
    "  два   пробела .txt  ": "два пробела .txt",
    "точки...": "точки",
    "...": "file",
    ".": "file",
    "..": "file",
    "": "file",
    "   ": "file",
    "папка/": "file",
    ".htaccess": "htaccess",
    "CON": "_CON",
    "con.txt": "_con.txt",
    "Aux.tar.gz": "_Aux.tar.gz",
    "COM1": "_COM1",
    "lpt9.pdf": "_lpt9.pdf",
    "COM¹.txt": "_COM¹.txt",
    "nul .txt": "_nul .txt",
    "CONIN$": "_CONIN$",
    "console.txt": "console.txt",
    'a<b>c:d"e|f?g*h.txt': "a_b_c_d_e_f_g_h.txt",
    "a／b＼c∕d.txt": "a_b_c_d.txt",
    "и\u0306.txt": "й.txt",
    "😀.png": "😀.png",
    "\ud800.txt": "txt",
}


@pytest.mark.parametrize("name, safe", NAMES.items())
def test_names_lose_what_is_dangerous(name: str, safe: str) -> None:
    assert safe_filename(name) == safe


def test_the_fallback_is_used_where_nothing_is_left() -> None:
    assert safe_filename("\u202e/..", fallback="вложение") == "вложение"


def test_a_long_name_keeps_its_extension() -> None:
    safe = safe_filename("ж" * 300 + ".docx")
    assert safe == "ж" * 125 + ".docx"
    assert len(safe.encode()) == 255


def test_a_long_extension_is_no_extension() -> None:
    assert safe_filename("a." + "b" * 300) == "a." + "b" * 253


@pytest.mark.parametrize("length, kept", [(32, True), (33, False)])
def test_an_extension_has_at_most_32_bytes(length: int, kept: bool) -> None:
    extension = "." + "b" * length
    assert safe_filename("a" * 300 + extension).endswith(extension) is kept


@given(st.text() | st.text(st.sampled_from("./\\ :conCONaux1\u202e\x00жй\u0306😀"), max_size=400))
@settings(deadline=None)
def test_every_name_is_safe_and_stays_the_same_the_second_time(name: str) -> None:
    safe = safe_filename(name)
    assert 0 < len(safe.encode()) <= 255
    assert not set(safe) & set('/\\<>:"|?*')
    assert all(unicodedata.category(c) not in {"Cc", "Cf", "Cs"} for c in safe)
    assert safe == safe.strip(" .")
    assert safe.partition(".")[0].strip().upper() not in {"CON", "AUX", "NUL", "PRN", "COM1"}
    assert safe_filename(safe) == safe
