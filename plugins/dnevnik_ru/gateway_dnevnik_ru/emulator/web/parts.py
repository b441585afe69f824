"""What several of the diary's own pages share."""

from starlette.responses import HTMLResponse, Response

from gateway.sandbox.world import model as m
from gateway_dnevnik_ru.emulator import ids
from gateway_dnevnik_ru.emulator.access import Access
from gateway_dnevnik_ru.emulator.call import Call
from gateway_dnevnik_ru.emulator.errors import ApiError


def html(text: str) -> Response:
    """A page of the diary."""
    return HTMLResponse(text)


def with_text_ids(value: object) -> object:
    """The same data with every id as text, the way pages embed them."""
    if isinstance(value, dict):
        return {name: _text_id(name, item) for name, item in value.items()}
    if isinstance(value, list):
        return [with_text_ids(item) for item in value]
    return value


def _text_id(name: str, value: object) -> object:
    if isinstance(value, int) and not isinstance(value, bool) and _is_id(name):
        return str(value)
    return with_text_ids(value)


def _is_id(name: str) -> bool:
    return name == "id" or name.endswith("Id")


def first_student(access: Access) -> m.Student:
    """The child whose page is shown first.

    Raises:
        ApiError: The account has none.
    """
    if not access.students:
        raise ApiError("resourceUnavailable", "К учетной записи не привязан ни один ученик")
    return access.students[0]


def student_in_path(call: Call) -> m.Student:
    """The pupil of the path or the query, for a signed-in browser."""
    access = call.sign_in()
    number = call.params.get("person") or call.text("personId", "child")
    return access.student(number) if number else first_student(access)


def school_in_query(call: Call) -> m.School:
    """The school of the old pages' query, by default that of the first child."""
    access = call.sign_in()
    number = call.text("school")
    if number:
        return access.school(number)
    return call.service.school_of(access.account)


def number_text(call: Call, kind: str, key: str) -> str:
    """A number as pages write it."""
    return str(call.service.ids.of(kind, key))


def person_number(call: Call, student: m.Student) -> str:
    """A pupil's person number as pages write it."""
    return number_text(call, ids.PERSON, student.person_key)
