"""A hash is kept together with the data that it stands for, or not at all."""

import zlib
from base64 import b85encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.core.pipeline.memo import BoundedMemo
from gateway_gosuslugi.myschool.datamart.notebook import MOST_PACKED, Held, drop, held, keep
from gateway_gosuslugi.myschool.datamart.queries import Query

QUERY = Query("student_marks", "s-0001", "412030")
OTHER = QUERY._replace(interval="422030")
NOTE = "datamart/student_marks/s-0001/412030"
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=10,
)


@given(st.text(max_size=20), st.lists(st.dictionaries(st.text(max_size=5), JSON), max_size=4))
def test_what_was_kept_comes_back(number, records):
    memo = BoundedMemo()
    keep(memo, QUERY, Held(number, records))
    assert held(memo, QUERY) == Held(number, records)
    assert held(memo, OTHER) is None


def test_what_was_dropped_is_gone():
    memo = BoundedMemo()
    keep(memo, QUERY, Held("h", []))
    drop(memo, QUERY)
    assert held(memo, QUERY) is None


def test_what_is_too_large_takes_its_forerunner_along():
    memo = BoundedMemo()
    keep(memo, QUERY, Held("h1", []))
    records = [{"id": str(number), "text": f"{number * 7919:x}" * 9} for number in range(900)]
    keep(memo, QUERY, Held("h2", records))
    assert held(memo, QUERY) is None


def test_a_week_of_lessons_has_room():
    memo = BoundedMemo()
    lesson = {"lesson_id": "100100-alg-{}", "subject_name": "Алгебра", "theme": "Степени {}"}
    week = [{key: text.format(n) for key, text in lesson.items()} for n in range(40)]
    keep(memo, QUERY, Held("h", week))
    assert held(memo, QUERY) == Held("h", week)
    assert len(memo.get(NOTE)) < MOST_PACKED / 4


@pytest.mark.parametrize(
    "note",
    [
        "",
        "no base 85 at all: ыъ",
        b85encode(b"nothing packed").decode(),
        b85encode(zlib.compress(b"{}")).decode(),
        b85encode(zlib.compress(b'["2","h",[]]')).decode(),
        b85encode(zlib.compress(b'["1","h",[' + b'{"a":1},' * 200_000 + b"{}]]")).decode(),
    ],
)
def test_a_note_that_cannot_be_read_is_none(note):
    memo = BoundedMemo()
    memo.put(NOTE, note)
    assert held(memo, QUERY) is None
