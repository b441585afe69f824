"""The child's document: which kind has which series and number."""

import re
from enum import StrEnum
from typing import Final

from gateway.core.errors import ApplicationRefused, BirthCertificateInvalid, DocumentsRejected
from gateway_gosuslugi.epgu.checks.problems import problem

_LOOK_ALIKE: Final = str.maketrans("ІХСМУ1", "IXCMVI")
"""Signs that people type in place of Roman numerals."""
_ROMAN: Final = r"(?=[IVXLC])(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})"
_SERIES: Final = re.compile(rf"({_ROMAN})-?([А-ЯЁ]{{2}})")
_NUMBER: Final = re.compile(r"[0-9]{6}")
_OLD_SERIES: Final = re.compile(r"[А-ЯЁA-Z0-9-]{1,12}")
_OLD_NUMBER: Final = re.compile(r"[0-9]{1,12}")
_FOREIGN: Final = re.compile(r"[0-9A-ZА-ЯЁ/ .-]{1,30}")
_PASSPORT_SERIES: Final = re.compile(r"[0-9]{4}")


class DocumentKind(StrEnum):
    """Kinds of a child's document, by ЕСИА's names (notes 4.1)."""

    RUSSIAN = "RF_BRTH_CERT"
    FOREIGN = "FID_BRTH_CERT"
    OLD = "OLD_BRTH_CERT"
    PASSPORT = "RF_PASSPORT"


def normal_series(kind: DocumentKind, series: str) -> str:
    """A series as the document prints it: `IV-АБ` for a Russian certificate.

    What cannot be brought into that form stays as it is.
    """
    compact = re.sub(r"\s", "", series).upper().replace("–", "-").replace("—", "-")
    if kind is DocumentKind.PASSPORT:
        return compact
    if kind is not DocumentKind.RUSSIAN:
        return compact if kind is DocumentKind.OLD else series.strip().upper()
    head, letters = compact[:-2].rstrip("-").translate(_LOOK_ALIKE), compact[-2:]
    return f"{head}-{letters}"


def document_problem(
    field: str, kind: DocumentKind, series: str, number: str
) -> ApplicationRefused | None:
    """What is wrong with series and number of the child's document."""
    found, number = normal_series(kind, series), number.strip().upper()
    if kind is DocumentKind.RUSSIAN:
        return _russian(field, found, number)
    if kind is DocumentKind.PASSPORT:
        if _PASSPORT_SERIES.fullmatch(found) and _NUMBER.fullmatch(number):
            return None
        return problem(
            DocumentsRejected,
            field,
            "В паспорте серия из 4 цифр и номер из 6.",
            "A passport has a series of 4 digits and a number of 6.",
        )
    if kind is DocumentKind.OLD:
        fits = _OLD_NUMBER.fullmatch(number) and (not found or _OLD_SERIES.fullmatch(found))
    else:
        fits = _FOREIGN.fullmatch(number) and (not found or _FOREIGN.fullmatch(found))
    return None if fits else problem(BirthCertificateInvalid, field)


def _russian(field: str, series: str, number: str) -> ApplicationRefused | None:
    if _SERIES.fullmatch(series) is None:
        return problem(
            BirthCertificateInvalid,
            field,
            "Серия свидетельства РФ: римское число, дефис и две русские буквы, например IV-АБ. "
            "Для другого документа выберите его вид.",
            "The series of a Russian certificate: a Roman numeral, a hyphen, two Russian letters, "
            "such as IV-АБ. For another document choose its kind.",
        )
    if _NUMBER.fullmatch(number) is None:
        return problem(
            BirthCertificateInvalid,
            field,
            "Номер свидетельства РФ — шесть цифр.",
            "The number of a Russian certificate has six digits.",
        )
    return None
