"""Mistakes of people, found without a portal."""

import random
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.core.errors import (
    AgeNotFitting,
    ApplicantNotEntitled,
    ApplicationDateInvalid,
    ApplicationEmailInvalid,
    ApplicationFileTooLarge,
    ApplicationIncomplete,
    ApplicationRefused,
    BirthCertificateInvalid,
    ConsentMissing,
    DocumentsRejected,
    FileFormatRejected,
    NameMisspelt,
    PhoneInvalid,
    SchoolElsewhere,
    SnilsInvalid,
    WrongService,
)
from gateway_gosuslugi.declaration import DIARY_REGIONS
from gateway_gosuslugi.epgu.checks.ages import age
from gateway_gosuslugi.epgu.checks.contacts import printed_phone
from gateway_gosuslugi.epgu.checks.documents import DocumentKind, document_problem, normal_series
from gateway_gosuslugi.epgu.checks.files import LARGEST_FILE, MOST_FILES, file_problems
from gateway_gosuslugi.epgu.checks.names import are_swapped, name_problems
from gateway_gosuslugi.epgu.checks.places import OKATO, okato_of
from gateway_gosuslugi.epgu.checks.snils import control_number, is_valid, plain, printed
from gateway_gosuslugi.epgu.form import FIELDS as KNOWN
from gateway_gosuslugi.epgu.form import REQUIRED, mistakes, read_form
from tests.plugins.gosuslugi.epgu.support import FIELDS, PDF, TODAY

bodies = st.integers(1_001_999, 999_999_999).map("{:09d}".format)


@given(bodies)
def test_a_snils_with_its_own_control_number_is_valid(body: str) -> None:
    whole = body + control_number(body)
    assert is_valid(whole)
    assert is_valid(printed(whole))
    assert plain(printed(whole)) == whole


@given(bodies, st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_is_nearly_always_seen(body: str, place: int, shift: int) -> None:
    digit = (int(body[place]) + shift) % 10
    wrong = body[:place] + str(digit) + body[place + 1 :]
    difference = abs(int(body[place]) - digit) * (9 - place)
    sums = [sum(int(d) * (9 - i) for i, d in enumerate(text)) for text in (body, wrong)]
    ambiguous = {total % 101 for total in sums} == {0, 100}
    assert 0 < difference < 101
    if int(wrong) > 1_001_998 and not ambiguous:
        assert not is_valid(wrong + control_number(body))


@given(st.text(max_size=20))
def test_any_text_is_a_snils_or_not_but_never_an_accident(text: str) -> None:
    assert is_valid(text) in {True, False}


def test_old_numbers_have_no_control_number_and_zeros_are_none() -> None:
    assert is_valid("001-001-998 00")
    assert not is_valid("001-001-999 00")
    assert is_valid("112-233-445 95")
    assert not is_valid("000-000-000 00")
    assert not is_valid("112-233-445 9٥")


@pytest.mark.parametrize(
    ("changed", "kind", "field"),
    [
        ({"child_given_name": "Yulia"}, NameMisspelt, "child_given_name"),
        ({"child_surname": "Вымыcлова"}, NameMisspelt, "child_surname"),
        ({"applicant_surname": "Вымыслова1"}, NameMisspelt, "applicant_surname"),
        (
            {"applicant_surname": "Ксения", "applicant_given_name": "Вымыслова"},
            NameMisspelt,
            "applicant_surname",
        ),
        ({"child_snils": "112-233-445 96"}, SnilsInvalid, "child_snils"),
        ({"applicant_snils": "112-233"}, SnilsInvalid, "applicant_snils"),
        ({"applicant_phone": "8 900 000-00-06"}, PhoneInvalid, "applicant_phone"),
        ({"applicant_phone": "9000000006"}, PhoneInvalid, "applicant_phone"),
        ({"applicant_phone": "+7 900 000-00-0"}, PhoneInvalid, "applicant_phone"),
        ({"applicant_email": "nobody.example.org"}, ApplicationEmailInvalid, "applicant_email"),
        ({"applicant_email": "nobody@example"}, ApplicationEmailInvalid, "applicant_email"),
        ({"consent": ""}, ConsentMissing, "consent"),
        ({"consent": "no"}, ConsentMissing, "consent"),
        ({"applicant_relation": "other"}, ApplicantNotEntitled, "applicant_relation"),
        ({"applicant_relation": "grandmother"}, ApplicantNotEntitled, "applicant_relation"),
        ({"applicant_relation": "self"}, ApplicantNotEntitled, "applicant_relation"),
        ({"region": "77"}, WrongService, "region"),
        ({"school_region": "54"}, SchoolElsewhere, "school_region"),
        ({"child_document_number": "12345"}, BirthCertificateInvalid, "child_document_number"),
        ({"child_document_series": "4-AB"}, BirthCertificateInvalid, "child_document_number"),
        ({"child_document": "RF_PASSPORT"}, DocumentsRejected, "child_document_number"),
        ({"child_document": "LIBRARY_CARD"}, ApplicationIncomplete, "child_document"),
        (
            {"child_document_issued_on": "2010-01-19"},
            ApplicationDateInvalid,
            "child_document_issued_on",
        ),
        ({"child_birth_date": "20.01.2010"}, ApplicationDateInvalid, "child_birth_date"),
        ({"child_birth_date": "2027-01-20"}, ApplicationDateInvalid, "child_birth_date"),
        ({"child_birth_date": "2008-01-20"}, AgeNotFitting, "child_birth_date"),
        ({"applicant_birth_date": "2009-07-20"}, AgeNotFitting, "applicant_birth_date"),
        ({"school_name": "  "}, ApplicationIncomplete, "school_name"),
        ({"show": "secrets"}, ApplicationIncomplete, "show"),
        (
            {"show_from": "2026-10-02", "show_to": "2026-10-01"},
            ApplicationDateInvalid,
            "show_to",
        ),
        ({"favourite_colour": "red"}, ApplicationIncomplete, "favourite_colour"),
    ],
)
def test_each_mistake_has_its_own_error_and_names_its_field(
    changed: dict[str, str], kind: type[ApplicationRefused], field: str
) -> None:
    (wrong,) = mistakes({**FIELDS, **changed}, today=TODAY)
    assert type(wrong) is kind
    assert wrong.context["field"] == field
    assert wrong.text.ru
    assert wrong.text.en


def test_an_application_without_mistakes_has_none() -> None:
    assert mistakes(FIELDS, today=TODAY, files=(PDF,)) == ()


@pytest.mark.parametrize("name", sorted(REQUIRED))
def test_an_empty_field_is_named_in_words(name: str) -> None:
    (wrong,) = mistakes({**FIELDS, name: ""}, today=TODAY)
    assert isinstance(wrong, ApplicationIncomplete)
    assert wrong.context["field"] == name
    assert REQUIRED[name][0] in wrong.text.ru


def test_a_child_under_fourteen_cannot_apply_alone() -> None:
    own = {
        "applicant_birth_date": "2013-07-30",
        "child_birth_date": "2013-07-30",
        "child_document_issued_on": "2013-08-10",
        "applicant_relation": "self",
    }
    (wrong,) = mistakes({**FIELDS, **own}, today=TODAY)
    assert isinstance(wrong, AgeNotFitting)
    assert mistakes({**FIELDS, **own}, today=date(2027, 7, 30)) == ()


def test_a_passport_comes_at_fourteen() -> None:
    passport = {
        "child_document": "RF_PASSPORT",
        "child_document_series": "00 00",
        "child_document_number": "000000",
    }
    early = {**FIELDS, **passport, "child_document_issued_on": "2024-01-19"}
    (wrong,) = mistakes(early, today=TODAY)
    assert isinstance(wrong, ApplicationDateInvalid)
    assert mistakes({**early, "child_document_issued_on": "2024-01-20"}, today=TODAY) == ()


def test_all_mistakes_are_told_together_and_the_first_is_raised() -> None:
    fields = {**FIELDS, "applicant_phone": "1", "applicant_email": "2", "child_snils": "3"}
    found = mistakes(fields, today=TODAY)
    assert {type(item) for item in found} == {PhoneInvalid, ApplicationEmailInvalid, SnilsInvalid}
    with pytest.raises(ApplicationRefused) as caught:
        read_form(fields, today=TODAY)
    assert caught.value.context["further"] == "2"


@given(
    st.dictionaries(st.sampled_from(sorted(KNOWN)) | st.text(max_size=9), st.text(max_size=30)),
    st.lists(st.tuples(st.text(max_size=9), st.text(max_size=3), st.binary(max_size=9))),
)
def test_whatever_is_typed_is_told_and_never_crashes(
    fields: dict[str, str], files: list[tuple[str, str, bytes]]
) -> None:
    found = mistakes(fields, today=TODAY, files=files)
    assert found
    assert all(isinstance(item, ApplicationRefused) for item in found)


@given(st.sampled_from(sorted(FIELDS)), st.text(max_size=20))
def test_what_passes_is_without_signs_that_no_xml_holds(name: str, text: str) -> None:
    fields = {**FIELDS, name: text}
    if mistakes(fields, today=TODAY):
        return
    form = read_form(fields, today=TODAY)
    assert all(sign.isprintable() for value in form.values.values() for sign in value)


@pytest.mark.parametrize(
    ("surname", "given_name", "patronymic", "swapped"),
    [
        ("Иванов", "Иван", "Иванович", False),
        ("Иван", "Иванов", "Иванович", True),
        ("Иван", "Иванович", "Иванов", True),
        ("Иванов", "Иванович", "Иван", True),
        ("Абрамович", "Роман", "Петрович", False),
        ("Роман", "Герман", "Ильич", False),
        ("Ильина", "Нина", "", False),
        ("Мария", "Смирнова", "", True),
    ],
)
def test_swapped_names_are_seen_and_rare_ones_let_pass(
    surname: str, given_name: str, patronymic: str, swapped: bool
) -> None:
    assert are_swapped(surname, given_name, patronymic) is swapped


@pytest.mark.parametrize(
    "name", ["Салтыков-Щедрин", "Мамин Сибиряк", "Д’Артаньян", "О'Коннор", "Ёлкина", "Ли", "Я"]
)
def test_unusual_names_are_no_mistakes(name: str) -> None:
    assert list(name_problems("child", name, "Пример", "")) == []


@pytest.mark.parametrize(
    ("kind", "series", "number", "fits"),
    [
        ("RF_BRTH_CERT", "IV-АБ", "000001", True),
        ("RF_BRTH_CERT", "iv аб", "000001", True),
        ("RF_BRTH_CERT", "ХІ-МЮ", "000001", True),
        ("RF_BRTH_CERT", "1-МЮ", "000001", True),
        ("RF_BRTH_CERT", "IIII-АБ", "000001", False),
        ("RF_BRTH_CERT", "IV-AB", "000001", False),
        ("RF_BRTH_CERT", "", "000001", False),
        ("RF_BRTH_CERT", "IV-АБ", "0000001", False),
        ("FID_BRTH_CERT", "", "AB 12/3456", True),
        ("FID_BRTH_CERT", "", "<script>", False),
        ("OLD_BRTH_CERT", "II-ЯЯ", "12345", True),
        ("OLD_BRTH_CERT", "", "номер", False),
        ("RF_PASSPORT", "00 00", "000000", True),
        ("RF_PASSPORT", "IV-АБ", "000000", False),
    ],
)
def test_each_kind_of_document_has_its_form(
    kind: str, series: str, number: str, fits: bool
) -> None:
    found = document_problem("field", DocumentKind(kind), series, number)
    assert (found is None) is fits


def test_a_series_is_written_as_the_document_prints_it() -> None:
    assert normal_series(DocumentKind.RUSSIAN, " iv аб") == "IV-АБ"
    assert normal_series(DocumentKind.RUSSIAN, "ХІ—мю") == "XI-МЮ"


@pytest.mark.parametrize(
    ("file", "kind"),
    [
        (("scan.docx", "application/msword", b"PK"), FileFormatRejected),
        (("scan", "application/pdf", b"%PDF-1.4"), FileFormatRejected),
        (("scan.pdf", "application/pdf", b"<html>"), FileFormatRejected),
        (("scan.png", "image/png", b""), ApplicationFileTooLarge),
        (("scan.jpg", "image/jpeg", b"\xff\xd8\xff" * LARGEST_FILE), ApplicationFileTooLarge),
    ],
)
def test_files_have_a_format_and_a_size(
    file: tuple[str, str, bytes], kind: type[ApplicationRefused]
) -> None:
    (wrong,) = file_problems([PDF, file])
    assert type(wrong) is kind
    assert wrong.context["field"] == "file_2"


def test_there_are_not_too_many_files() -> None:
    assert list(file_problems([PDF] * MOST_FILES)) == []
    (wrong,) = file_problems([PDF] * (MOST_FILES + 1))
    assert isinstance(wrong, ApplicationFileTooLarge)


def test_every_region_of_the_diary_has_its_code_and_no_other() -> None:
    assert set(OKATO) == set(DIARY_REGIONS)
    assert all(len(code) == 11 for code in OKATO.values())
    assert len(set(OKATO.values())) == len(OKATO)


def test_a_more_exact_place_counts_within_its_region_only() -> None:
    assert okato_of("39", "27401000000") == "27401000000"
    assert okato_of("39", "45000000000") == OKATO["39"]
    assert okato_of("39", "27") == OKATO["39"]
    assert okato_of("61", "65401000000") == OKATO["61"]


def test_phones_are_written_as_the_sign_in_system_does() -> None:
    assert printed_phone("+7 900 000-00-06") == "+7(900)0000006"
    assert printed_phone("+375 29 000-00-00") == "+375290000000"


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 90))
def test_an_age_changes_on_the_birthday(birth: date, years: int) -> None:
    if (birth.month, birth.day) == (2, 29):
        birth = birth.replace(day=28)
    birthday = birth.replace(year=birth.year + years)
    assert age(birth, birthday) == years
    assert age(birth, date.fromordinal(birthday.toordinal() - 1)) == years - 1


def test_the_order_of_fields_does_not_matter() -> None:
    names = list(FIELDS)
    random.Random(1).shuffle(names)
    shuffled = {name: FIELDS[name] for name in names}
    assert read_form(shuffled, today=TODAY).values == read_form(FIELDS, today=TODAY).values
