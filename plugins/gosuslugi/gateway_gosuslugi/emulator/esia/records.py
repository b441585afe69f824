"""Records of persons as ЕСИА writes them; what no scope reaches is left out."""

from collections.abc import Callable
from datetime import date
from typing import Final

from gateway.sandbox.world import model as m
from gateway.sandbox.world import native_id
from gateway_gosuslugi.emulator.numbers import oid

Record = dict[str, object]
May = Callable[..., bool]
"""Whether one of some scopes was granted."""

_UPDATED: Final = 1_788_000_000
_KID_DIGITS: Final = 9
_RECORD_DIGITS: Final = 8
_GENDERS: Final = {m.Sex.MALE: "M", m.Sex.FEMALE: "F"}


def kid_id(person_key: str) -> int:
    """Number of a child's card."""
    return native_id("esia_kid", person_key, digits=_KID_DIGITS)


def person(found: m.Person, identity: m.EsiaIdentity, may: May) -> Record:
    """A person."""
    told: Record = {
        "stateFacts": ["EntityRoot"],
        "status": "REGISTERED",
        "verifying": False,
        "trusted": identity.level is m.EsiaLevel.CONFIRMED,
        "updatedOn": _UPDATED,
        "eTag": f"{oid(found.key):X}",
    }
    if may("fullname", "usr_inf"):
        told |= {"firstName": found.given_name, "lastName": found.surname}
        if found.patronymic is not None:
            told["middleName"] = found.patronymic
    for scope, name, value in (
        ("birthdate", "birthDate", _day(found.birth_date)),
        ("gender", "gender", _GENDERS[found.sex]),
        ("snils", "snils", found.snils),
        ("citizenship", "citizenship", "RUS"),
        ("birthplace", "birthPlace", "г. Вымысел"),
    ):
        if may(scope, "usr_inf"):
            told[name] = value
    if may("id_doc"):
        told["rIdDoc"] = _number("doc", found.key)
    return told


def contacts(found: m.Person, may: May) -> list[Record]:
    """Phone and e-mail."""
    told: list[Record] = []
    if found.phone is not None and may("contacts", "mobile", "kid_contacts", "kid_mobile"):
        told.append(_contact(found, "MBT", _phone(found.phone)))
    if found.email is not None and may("contacts", "email", "kid_contacts", "kid_email"):
        told.append(_contact(found, "EML", found.email))
    return told


def addresses(found: m.Person) -> list[Record]:
    """An invented place of registration."""
    return [
        {
            "id": _number("addr", found.key),
            "type": "PRG",
            "addressStr": "Вымышленная область, г. Вымысел, ул. Примерная",
            "zipCode": "000000",
            "countryId": "RUS",
            "region": "Вымышленная область",
            "city": "Вымысел",
            "street": "Примерная",
            "house": "1",
            "flat": "2",
            "fiasCode": "00000000-0000-4000-8000-000000000001",
        }
    ]


def documents(found: m.Person, may: May, *, is_child: bool) -> list[Record]:
    """An adult's passport; a child's birth certificate and medical policy."""
    told: list[Record] = []
    if is_child:
        if may("kid_birth_cert_doc", "birth_cert_doc"):
            told.append(_birth_certificate(found))
        if may("kid_medical_doc", "medical_doc"):
            told.append(
                {
                    "id": _number("policy", found.key),
                    "type": "MDCL_PLCY",
                    "vrfStu": "VERIFIED",
                    "unitedNumber": f"{_number('united', found.key):016d}",
                }
            )
    elif may("id_doc"):
        told.append(
            {
                "id": _number("doc", found.key),
                "type": "RF_PASSPORT",
                "vrfStu": "VERIFIED",
                "series": "0000",
                "number": f"{_number('doc', found.key) % 1_000_000:06d}",
                "issueDate": "01.02.2015",
                "issueId": "000000",
                "issuedBy": "Отделом выдуманных документов",
            }
        )
    return told


def kid(found: m.Person, account: m.EsiaIdentity | None, may: May) -> Record:
    """A child on a parent's card."""
    told: Record = {
        "id": kid_id(found.key),
        "oid": oid(found.key),
        "trusted": True,
        "updatedOn": _UPDATED,
        "hasAccount": account is not None,
        "deadKid": False,
        "hiddenByParent": False,
    }
    if may("kid_fullname"):
        told |= {"firstName": found.given_name, "lastName": found.surname}
        if found.patronymic is not None:
            told["middleName"] = found.patronymic
    for scope, name, value in (
        ("kid_birthdate", "birthDate", _day(found.birth_date)),
        ("kid_gender", "gender", _GENDERS[found.sex]),
        ("kid_snils", "snils", found.snils),
    ):
        if may(scope):
            told[name] = value
    if account is not None:
        told["kidAccount"] = {
            "id": _number("kid account", found.key),
            "oid": oid(found.key),
            "linkedToChildAccount": True,
            "countParentLink": 1,
        }
    return told


def birth_record(found: m.Person) -> Record:
    """A birth as the state register tells it."""
    certificate = _birth_certificate(found)
    return {
        "kidId": kid_id(found.key),
        "updatedOn": _UPDATED * 1000,
        "status": "ACTIVE",
        "actNo2018After": certificate["actNo"],
        "actDate": certificate["actDate"],
        "certs": [
            {
                "certType": "1",
                "series": certificate["series"],
                "number": certificate["number"],
                "issueDate": certificate["issueDate"],
            }
        ],
        "registryOffice": {"name": certificate["issuedBy"], "code": "R0000000"},
    }


def quoted(value: object) -> object:
    """Numbers and truth values as the official samples write them."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, dict):
        return {key: quoted(item) for key, item in value.items()}
    if isinstance(value, list):
        return [quoted(item) for item in value]
    return value


def _birth_certificate(found: m.Person) -> Record:
    return {
        "id": _number("birth", found.key),
        "type": "RF_BRTH_CERT",
        "vrfStu": "VERIFIED",
        "series": "I-АА",
        "number": f"{_number('birth', found.key) % 1_000_000:06d}",
        "issueDate": _day(found.birth_date),
        "issuedBy": "Выдуманным отделом ЗАГС",
        "actNo": f"{_number('act', found.key) % 10_000:d}",
        "actDate": _day(found.birth_date),
    }


def _contact(found: m.Person, kind: str, value: str) -> Record:
    return {
        "id": _number(kind, found.key),
        "type": kind,
        "vrfStu": "VERIFIED",
        "value": value,
    }


def _number(kind: str, key: str) -> int:
    return native_id(f"esia_{kind}", key, digits=_RECORD_DIGITS)


def _day(value: date) -> str:
    return value.strftime("%d.%m.%Y")


def _phone(value: str) -> str:
    """`+79000000012` as `+7(900)0000012`."""
    return f"{value[:2]}({value[2:5]}){value[5:]}"
