"""The application for access to the diary. ASSUMED: its real content is not public.

What stands here is modelled from what people are told to prepare (notes 4.6): who applies, region
and school, the child, the child's document, consent, what the diary shall show. Nobody has seen
how the portal names or groups it. Nothing of this module can be sent: only `partner` makes a file
of it, by the template that belongs to the partner's own contract.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from gateway.core.errors import (
    ApplicationDateInvalid,
    ApplicationIncomplete,
    ApplicationRefused,
    ConsentMissing,
)
from gateway.core.model.people import Role
from gateway_gosuslugi.epgu.checks.ages import (
    OWN_ACCOUNT,
    Relation,
    age,
    age_problems,
    part_problem,
)
from gateway_gosuslugi.epgu.checks.contacts import email_problem, phone_problem, printed_phone
from gateway_gosuslugi.epgu.checks.documents import (
    DocumentKind,
    document_problem,
    normal_series,
)
from gateway_gosuslugi.epgu.checks.files import AttachedFile, file_problems
from gateway_gosuslugi.epgu.checks.names import name_problems
from gateway_gosuslugi.epgu.checks.places import okato_of, place_problems
from gateway_gosuslugi.epgu.checks.problems import problem
from gateway_gosuslugi.epgu.checks.snils import printed, snils_problem


class Show(StrEnum):
    """Parts of the diary that may be asked for."""

    DIARY = "diary"
    FINALS = "finals"
    TIMETABLE = "timetable"


REQUIRED: Final[Mapping[str, tuple[str, str]]] = {
    "applicant_surname": ("фамилия заявителя", "applicant's surname"),
    "applicant_given_name": ("имя заявителя", "applicant's given name"),
    "applicant_birth_date": ("дата рождения заявителя", "applicant's date of birth"),
    "applicant_snils": ("СНИЛС заявителя", "applicant's СНИЛС"),
    "applicant_phone": ("телефон заявителя", "applicant's phone"),
    "applicant_email": ("e-mail заявителя", "applicant's e-mail"),
    "applicant_relation": ("кем заявитель приходится ребёнку", "applicant's relation"),
    "region": ("регион", "region"),
    "school_name": ("школа", "school"),
    "child_surname": ("фамилия ребёнка", "child's surname"),
    "child_given_name": ("имя ребёнка", "child's given name"),
    "child_birth_date": ("дата рождения ребёнка", "child's date of birth"),
    "child_snils": ("СНИЛС ребёнка", "child's СНИЛС"),
    "child_document": ("документ ребёнка", "child's document"),
    "child_document_number": ("номер документа ребёнка", "number of the child's document"),
    "child_document_issued_on": ("дата выдачи документа", "date of issue of the document"),
}
"""Fields that nobody may leave empty, with what to call them."""

OPTIONAL: Final = (
    *("applicant_patronymic", "child_patronymic", "child_document_series"),
    *("school_id", "school_region", "class_name", "okato", "consent"),
    *("show", "show_from", "show_to"),
)
"""Further fields. `consent` is `yes`; `show` names parts, separated by commas: all, if empty."""

FIELDS: Final = frozenset({*REQUIRED, *OPTIONAL})
_DATES: Final = ("applicant_birth_date", "child_birth_date", "child_document_issued_on")
_CONSENT: Final = "yes"
_LONGEST: Final = 500


@dataclass(frozen=True, slots=True)
class DiaryForm:
    """An application without mistakes; only `read_form()` makes one.

    Attributes:
        values: What may stand in a template, by placeholder; an empty text for what lacks.
        okato: Code of the place.
        files: What is attached.
    """

    values: Mapping[str, str] = field(repr=False)
    okato: str
    files: tuple[AttachedFile, ...] = field(default=(), repr=False)


PLACEHOLDERS: Final = FIELDS - {"consent"}
"""What a template may ask of the form."""


def mistakes(
    fields: Mapping[str, str],
    *,
    today: date,
    files: Sequence[AttachedFile] = (),
    signed_in: Role = Role.UNKNOWN,
) -> tuple[ApplicationRefused, ...]:
    """Everything that is wrong with an application; nothing is sent.

    Args:
        fields: What the person typed, by the names in `FIELDS`.
        today: The present day.
        files: Attachments.
        signed_in: Who the person is, where that is known.
    """
    typed = _typed(fields)
    found = [*_lacking(typed), *_consent(typed), *_strangers(fields)]
    found += file_problems(files)
    found += _people(typed)
    found += _contacts(typed)
    found += place_problems(typed["region"], typed["school_region"]) if typed["region"] else ()
    found += _dates_and_ages(typed, today)
    found += _part(typed, signed_in)
    found += _shown_problems(typed)
    found += _document(typed, today)
    return tuple(found)


def read_form(
    fields: Mapping[str, str],
    *,
    today: date,
    files: Sequence[AttachedFile] = (),
    signed_in: Role = Role.UNKNOWN,
) -> DiaryForm:
    """The application, in the spelling of documents.

    Raises:
        ApplicationRefused: The first mistake; `context["field"]` names its field, and
            `context["further"]` how many more there are.
    """
    wrong = mistakes(fields, today=today, files=files, signed_in=signed_in)
    if wrong:
        first = wrong[0]
        first.context["further"] = str(len(wrong) - 1)
        raise first
    typed = _typed(fields)
    kind = DocumentKind(typed["child_document"])
    values = {name: typed[name] for name in PLACEHOLDERS} | {
        "applicant_snils": printed(typed["applicant_snils"]),
        "child_snils": printed(typed["child_snils"]),
        "applicant_phone": printed_phone(typed["applicant_phone"]),
        "child_document_series": normal_series(kind, typed["child_document_series"]),
        "show": ",".join(_shown(typed)),
    }
    return DiaryForm(values, okato_of(typed["region"], typed["okato"]), tuple(files))


def _typed(fields: Mapping[str, str]) -> dict[str, str]:
    return {name: " ".join(_printable(fields.get(name, "")).split()) for name in FIELDS}


def _printable(text: str) -> str:
    """Text without signs that no XML may hold."""
    return "".join(sign for sign in text if sign.isprintable() or sign.isspace())


def _lacking(typed: Mapping[str, str]) -> list[ApplicationRefused]:
    return [
        problem(
            ApplicationIncomplete,
            name,
            f"Заполните поле «{ru}» и повторите.",
            f"Fill in the field “{en}” and repeat.",
        )
        for name, (ru, en) in REQUIRED.items()
        if not typed[name]
    ]


def _consent(typed: Mapping[str, str]) -> list[ApplicationRefused]:
    return [] if typed["consent"] == _CONSENT else [problem(ConsentMissing, "consent")]


def _strangers(fields: Mapping[str, str]) -> list[ApplicationRefused]:
    """Fields that the form does not have: dropping them silently would file something else."""
    wrong = [name for name in fields if name not in FIELDS]
    wrong += [name for name in fields if name in FIELDS and len(fields[name]) > _LONGEST]
    return [
        problem(
            ApplicationIncomplete,
            name[:40],
            "В заявлении нет такого поля, или его значение слишком длинное.",
            "The application has no such field, or its value is too long.",
        )
        for name in wrong
    ]


def _people(typed: Mapping[str, str]) -> list[ApplicationRefused]:
    found: list[ApplicationRefused] = []
    for person in ("applicant", "child"):
        parts = (typed[f"{person}_{name}"] for name in ("surname", "given_name", "patronymic"))
        found += name_problems(person, *parts)
        snils = typed[f"{person}_snils"]
        if snils and (wrong := snils_problem(f"{person}_snils", snils)) is not None:
            found.append(wrong)
    return found


def _contacts(typed: Mapping[str, str]) -> list[ApplicationRefused]:
    phone, email = typed["applicant_phone"], typed["applicant_email"]
    wrong = (
        phone_problem("applicant_phone", phone) if phone else None,
        email_problem("applicant_email", email) if email else None,
    )
    return [item for item in wrong if item is not None]


def _dates_and_ages(typed: Mapping[str, str], today: date) -> list[ApplicationRefused]:
    days = {name: _day(typed[name]) for name in (*_DATES, "show_from", "show_to")}
    found = [
        problem(ApplicationDateInvalid, name)
        for name, day in days.items()
        if (typed[name] and day is None) or (name in _DATES and day is not None and day > today)
    ]
    if found:
        return found
    applicant, child = days["applicant_birth_date"], days["child_birth_date"]
    if applicant is not None and child is not None and typed["applicant_relation"]:
        found += age_problems(_relation(typed), applicant, child, today)
    return [*found, *_span(days["show_from"], days["show_to"])]


def _relation(typed: Mapping[str, str]) -> Relation:
    given = typed["applicant_relation"]
    return Relation(given) if given in set(Relation) else Relation.OTHER


def _part(typed: Mapping[str, str], signed_in: Role) -> list[ApplicationRefused]:
    if not typed["applicant_relation"]:
        return []
    wrong = part_problem(_relation(typed), signed_in)
    return [] if wrong is None else [wrong]


def _shown_problems(typed: Mapping[str, str]) -> list[ApplicationRefused]:
    if _asked(typed) <= set(Show):
        return []
    return [
        problem(
            ApplicationIncomplete,
            "show",
            "Выберите, что показывать: дневник, итоговые оценки, расписание.",
            "Choose what to show: diary, finals, timetable.",
        )
    ]


def _span(start: date | None, end: date | None) -> list[ApplicationRefused]:
    if start is None or end is None or start <= end:
        return []
    return [
        problem(
            ApplicationDateInvalid,
            "show_to",
            "Период кончается раньше, чем начинается.",
            "The span ends before it begins.",
        )
    ]


def _document(typed: Mapping[str, str], today: date) -> list[ApplicationRefused]:
    kind, number = typed["child_document"], typed["child_document_number"]
    if not kind or not number:
        return []
    if kind not in set(DocumentKind):
        return [
            problem(
                ApplicationIncomplete,
                "child_document",
                "Выберите вид документа ребёнка.",
                "Choose the kind of the child's document.",
            )
        ]
    wrong = document_problem(
        "child_document_number", DocumentKind(kind), typed["child_document_series"], number
    )
    return _issue(DocumentKind(kind), typed, today) if wrong is None else [wrong]


def _issue(kind: DocumentKind, typed: Mapping[str, str], today: date) -> list[ApplicationRefused]:
    born, issued = _day(typed["child_birth_date"]), _day(typed["child_document_issued_on"])
    if born is None or issued is None or max(born, issued) > today:
        return []
    too_early = issued < born
    if kind is DocumentKind.PASSPORT:
        too_early = age(born, issued) < OWN_ACCOUNT
    if not too_early:
        return []
    return [
        problem(
            ApplicationDateInvalid,
            "child_document_issued_on",
            "Документ не мог быть выдан так рано: свидетельство выдают после рождения, "
            "паспорт — с 14 лет.",
            "The document cannot have been issued so early: a certificate follows the birth, "
            "a passport comes at 14.",
        )
    ]


def _shown(typed: Mapping[str, str]) -> tuple[str, ...]:
    asked = _asked(typed)
    return tuple(item.value for item in Show if not asked or item.value in asked)


def _asked(typed: Mapping[str, str]) -> set[str]:
    return {item for item in typed["show"].replace(" ", "").split(",") if item}


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
