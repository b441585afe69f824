"""What the service sends in odd forms is taken all the same."""

import msgspec
import pytest

from gateway.core.errors import ShapeChanged
from gateway.core.wire.decoding import decode, decode_value
from gateway_dnevnik_ru.wire.marks import Mark
from gateway_dnevnik_ru.wire.mobile import MobileComment, MobileTeacher
from gateway_dnevnik_ru.wire.people import SchoolTeacher
from gateway_dnevnik_ru.wire.schedule import Schedule
from gateway_dnevnik_ru.wire.works import Homeworks
from tests.plugins.support import response_of

BEYOND_A_DOUBLE = 2400000000000000031


def quiet(path: str, reason: str) -> None:
    raise AssertionError(f"{path}: {reason}")


@pytest.mark.parametrize("number", [BEYOND_A_DOUBLE, str(BEYOND_A_DOUBLE)])
def test_numbers_beyond_a_double_come_whole_as_numbers_and_as_text(number):
    mark = decode(response_of({"body": {"id": number, "value": 5}}), Mark, quiet)
    assert mark == Mark(id=BEYOND_A_DOUBLE, value=5)


def test_nearly_every_key_may_be_missing():
    day = decode_value({"days": [{}]}, Schedule, quiet).days[0]
    assert day.lessons is None
    assert day.date is None


def test_unknown_keys_are_passed_over():
    body = {"id": 1, "nobody": {"knows": [1, None, {"this": True}]}}
    assert decode_value(body, Mark, quiet) == Mark(id=1)


def test_capital_keys_are_read():
    teacher = decode_value({"Id": "7", "NameTeacherPosition": "Учитель"}, SchoolTeacher, quiet)
    assert teacher == SchoolTeacher(id=7, name_teacher_position="Учитель")


@pytest.mark.parametrize(
    "author, expected",
    [(None, None), ("Учитель", "Учитель"), ({"lastName": "У"}, MobileTeacher(last_name="У"))],
)
def test_an_author_may_be_a_text_or_an_object(author, expected):
    assert decode_value({"author": author}, MobileComment, quiet).author == expected


@pytest.mark.parametrize("body", [{}, {"days": None}, [], "text", 7, {"days": {}}])
def test_an_envelope_of_another_shape_is_drift(body):
    with pytest.raises(ShapeChanged):
        decode(response_of({"body": body}), Schedule, quiet)


def test_an_answer_without_its_own_list_is_none_of_ours():
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"subjects": []}, Homeworks)
