import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway_dnevnik_ru.emulator.png import draw_digits, read_digits


@given(st.text(alphabet="0123456789", min_size=1, max_size=8))
def test_a_person_reads_what_was_drawn(digits: str) -> None:
    assert read_digits(draw_digits(digits)) == digits


def test_the_answer_stands_only_in_the_pixels() -> None:
    assert b"24680" not in draw_digits("24680")


@pytest.mark.parametrize("picture", [b"", b"GIF89a", draw_digits("1")[:8]])
def test_a_strange_picture_is_not_read(picture: bytes) -> None:
    with pytest.raises((ValueError, KeyError)):
        read_digits(picture)
