"""Names: letters of one alphabet, each in its own field."""

import re
from collections.abc import Iterator
from typing import Final

from gateway.core.errors import ApplicationRefused, NameMisspelt
from gateway_gosuslugi.epgu.checks.given_names import GIVEN_NAMES
from gateway_gosuslugi.epgu.checks.problems import problem

_LONGEST: Final = 100
_LETTERS: Final = re.compile(r"[А-ЯЁа-яё]+(?:[ '’.-][А-ЯЁа-яё]+)*[.]?")
_LATIN: Final = re.compile(r"[A-Za-z]")
_CYRILLIC: Final = re.compile(r"[А-ЯЁа-яё]")
_SURNAME: Final = re.compile(
    r"(?:[оеё]в|[оеё]ва|ин|ина|ын|ына|ский|ская|цкий|цкая|енко|чук|ых|их)", re.IGNORECASE
)
_PATRONYMIC: Final = re.compile(r"(?:ович|евич|ич|овна|евна|ична|инична|оглы|кызы)", re.IGNORECASE)


def name_problems(
    prefix: str, surname: str, given_name: str, patronymic: str
) -> Iterator[ApplicationRefused]:
    """What is wrong with the three fields of one person; a patronymic may lack."""
    fields = {"surname": surname, "given_name": given_name, "patronymic": patronymic}
    wrong = [
        found
        for name, value in fields.items()
        if value and (found := _letters(f"{prefix}_{name}", value)) is not None
    ]
    yield from wrong
    if not wrong and are_swapped(surname, given_name, patronymic):
        yield problem(
            NameMisspelt,
            f"{prefix}_surname",
            "Похоже, фамилия, имя и отчество перепутаны местами. Проверьте поля.",
            "Surname, given name and patronymic seem to stand in each other's fields.",
        )


def are_swapped(surname: str, given_name: str, patronymic: str) -> bool:
    """Whether a given name stands where another part is due, and that part in its place."""
    given_is_surname = _ends(_SURNAME, given_name) and not _is_given(given_name)
    given_is_patronymic = _ends(_PATRONYMIC, given_name) and not _is_given(given_name)
    return (_is_given(surname) and (given_is_surname or given_is_patronymic)) or (
        _is_given(patronymic) and given_is_patronymic
    )


def _letters(field: str, value: str) -> ApplicationRefused | None:
    if _LATIN.search(value):
        mixed = _CYRILLIC.search(value) is not None
        return problem(
            NameMisspelt,
            field,
            "Среди русских букв есть латинские, похожие на них. Наберите имя заново."
            if mixed
            else "Имя пишется русскими буквами, как в документах.",
            "Latin letters stand among the Russian ones. Type the name again."
            if mixed
            else "Names are written in Russian letters, as in the documents.",
        )
    if len(value) > _LONGEST or _LETTERS.fullmatch(value) is None:
        return problem(
            NameMisspelt,
            field,
            "В имени могут быть только буквы, дефис, пробел и апостроф.",
            "A name has letters, a hyphen, a space or an apostrophe only.",
        )
    return None


def _is_given(value: str) -> bool:
    return value.casefold() in GIVEN_NAMES


def _ends(pattern: re.Pattern[str], value: str) -> bool:
    return re.search(f"{pattern.pattern}$", value, re.IGNORECASE) is not None
