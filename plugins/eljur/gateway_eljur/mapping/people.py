"""Names and other personal data of anybody whom an answer describes."""

from typing import Final

from gateway.core.model.people import Sex
from gateway_eljur.mapping.context import Record
from gateway_eljur.mapping.text import label
from gateway_eljur.wire.base import Printed

_SEXES: Final = {"male": Sex.MALE, "female": Sex.FEMALE}


def full_name(last: Printed | None, first: Printed | None, middle: Printed | None = None) -> str:
    """Surname, given name and patronymic, as far as they are known."""
    return " ".join(part for part in (label(last), label(first), label(middle)) if part)


def naming(
    last: Printed | None,
    first: Printed | None,
    middle: Printed | None = None,
    *,
    title: Printed | None = None,
    instead: str = "—",
) -> Record:
    """The names of a person.

    Args:
        last: Surname.
        first: Given name.
        middle: Patronymic.
        title: The whole name as the service joins it.
        instead: Stands for somebody without any name.
    """
    record: Record = {"name": full_name(last, first, middle) or label(title) or instead}
    for field, value in (("surname", last), ("given_name", first), ("patronymic", middle)):
        text = label(value)
        if text:
            record[field] = text
    return record


def sex(word: str | None) -> Record:
    """The sex with the service's own word; nothing where it says nothing."""
    text = label(word)
    return {"sex": _SEXES.get(text.lower(), Sex.UNKNOWN), "sex_text": text} if text else {}
