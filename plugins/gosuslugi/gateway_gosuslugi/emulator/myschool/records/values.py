"""Values as the service writes them."""

from datetime import date, datetime
from typing import Final

from gateway.sandbox.world import native_id

_DIGITS: Final = 10


def moment(value: datetime | None) -> str | None:
    """The school's local time, without a zone."""
    return None if value is None else f"{value.replace(tzinfo=None):%Y-%m-%d %H:%M:%S}.0"


def day(value: date) -> str:
    """A date."""
    return value.isoformat()


def number(kind: str, key: str) -> str:
    """The service's own identifier of a thing."""
    return str(native_id(f"gosuslugi_{kind}", key, digits=_DIGITS))


def subject_id(key: str) -> str:
    """A subject's code, as it stands in identifiers of lessons."""
    return key.removeprefix("subject-")


def lesson_id(lesson_key: str, subject_key: str) -> str:
    """A lesson's compound identifier."""
    return f"100100-{subject_id(subject_key)}-{number('lesson', lesson_key)}"
