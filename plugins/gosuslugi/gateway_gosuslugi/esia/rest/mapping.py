"""From wire types to values; pure."""

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import Final, TypeVar

from msgspec import UnsetType

from gateway.core.model.base import NOT_LOADED, NotLoaded
from gateway_gosuslugi.esia.rest import model, wire
from gateway_gosuslugi.esia.rest.dates import day_of, moment_of

T = TypeVar("T")
R = TypeVar("R")
K = TypeVar("K", bound=StrEnum)

_GENDERS: Final[Mapping[str, str]] = {"M": "male", "F": "female", "1": "male", "2": "female"}
_VERIFIED: Final = "VERIFIED"
_UNDER_WAY: Final = "VERIFYING"
_FAILED: Final = "VERIFICATION_FAILED"
_ACTIVE: Final = "A"


def person_of(found: wire.Person) -> model.Person:
    """A person with whatever collections came along."""
    return model.Person(
        given_name=told(found.first_name),
        surname=told(found.last_name),
        patronymic=told(found.middle_name),
        birth_date=_told_day(found.birth_date),
        birth_place=told(found.birth_place),
        gender=_made(found.gender, _gender),
        is_trusted=told(found.trusted),
        citizenship=told(found.citizenship),
        snils=told(found.snils),
        inn=told(found.inn),
        updated_at=_made(found.updated_on, moment_of),
        status=told(found.status),
        contacts=embedded(found.contacts, contact_of),
        addresses=embedded(found.addresses, address_of),
        documents=embedded(found.documents, document_of),
        children=_children(found.kids),
    )


def child_of(found: wire.Kid) -> model.Child | None:
    """A child; None for one without the number of its card, or who has died."""
    number = plain(found.id)
    if number is None or plain(found.dead_kid):
        return None
    account = found.kid_account
    return model.Child(
        id=number,
        oid=plain(found.oid),
        given_name=told(found.first_name),
        surname=told(found.last_name),
        patronymic=told(found.middle_name),
        birth_date=_told_day(found.birth_date),
        gender=_made(found.gender, _gender),
        snils=told(found.snils),
        is_trusted=told(found.trusted),
        has_account=told(found.has_account),
        account_oid=told(account.oid) if isinstance(account, wire.KidAccount) else told(account),
        is_hidden=bool(plain(found.hidden_by_parent)),
        documents=embedded(found.documents, document_of),
        contacts=embedded(found.contacts, contact_of),
        addresses=embedded(found.addresses, address_of),
    )


def contact_of(found: wire.Contact) -> model.Contact:
    """A contact."""
    return model.Contact(
        id=plain(found.id),
        kind=_kind(model.ContactKind, found.type, model.ContactKind.OTHER),
        value=plain(found.value) or None,
        checked=_checked(found.vrf_stu, found.vrf_val_stu),
    )


def address_of(found: wire.Address) -> model.Address:
    """An address."""
    return model.Address(
        id=plain(found.id),
        kind=_kind(model.AddressKind, found.type, model.AddressKind.OTHER),
        text=plain(found.address_str) or None,
        zip_code=plain(found.zip_code) or None,
        region=plain(found.region) or None,
        city=plain(found.city) or None,
        settlement=plain(found.settlement) or None,
        street=plain(found.street) or None,
        house=plain(found.house) or None,
        flat=plain(found.flat) or None,
        fias_code=plain(found.fias_code) or None,
    )


def document_of(found: wire.Document) -> model.Document:
    """A document."""
    return model.Document(
        id=plain(found.id),
        kind=_kind(model.DocumentKind, found.type, model.DocumentKind.OTHER),
        checked=_checked(found.vrf_stu, found.vrf_val_stu),
        series=plain(found.series) or None,
        number=plain(found.number) or None,
        issued_on=_day(found.issue_date),
        issued_by=plain(found.issued_by) or None,
        expires_on=_day(found.expiry_date),
        united_number=plain(found.united_number) or None,
        act_number=plain(found.act_no) or None,
        act_date=_day(found.act_date),
    )


def consent_of(found: wire.Consent) -> model.IssuedConsent:
    """An issued consent."""
    listed = found.scopes.elements if found.scopes is not None else None
    scopes = (item if isinstance(item, str) else item.sysname for item in listed or ())
    return model.IssuedConsent(
        sysname=found.sysname,
        is_active=found.status == _ACTIVE,
        issued_at=moment_of(found.issued_on),
        expires_at=moment_of(found.expired_on),
        scopes=tuple(name for name in scopes if name),
        child_id=found.kid_id,
    )


def birth_record_of(found: wire.ActRecord) -> model.BirthRecord:
    """A record of birth."""
    return model.BirthRecord(
        child_id=found.kid_id,
        act_number=found.act_no_2018_after or found.act_no_2018_before,
        act_date=day_of(found.act_date),
        office=None if found.registry_office is None else found.registry_office.name,
        certificates=tuple(
            (item.series, item.number) for item in found.certs or () if item.series and item.number
        ),
    )


def embedded(
    found: wire.Collection[R] | UnsetType | None, read: Callable[[R], T]
) -> tuple[T, ...] | NotLoaded:
    """The things of a collection that came along; `NOT_LOADED` where only addresses did."""
    if not isinstance(found, wire.Collection):
        return NOT_LOADED
    items = found.elements or []
    if any(isinstance(item, str) for item in items):
        return NOT_LOADED
    return tuple(read(item) for item in items if not isinstance(item, str))


def told(value: T | UnsetType | None) -> T | NotLoaded | None:
    """A value; None where it is empty, `NOT_LOADED` where the answer does not hold it."""
    if isinstance(value, UnsetType):
        return NOT_LOADED
    return None if value == "" else value


def plain(value: T | UnsetType | None) -> T | None:
    """A value, or None where there is none for whatever reason."""
    return None if isinstance(value, UnsetType) else value


def _children(
    found: wire.Collection[wire.Kid] | UnsetType | None,
) -> tuple[model.Child, ...] | NotLoaded:
    children = embedded(found, child_of)
    if isinstance(children, NotLoaded):
        return NOT_LOADED
    return tuple(child for child in children if child is not None)


def _made(value: R | UnsetType | None, make: Callable[[R], T | None]) -> T | NotLoaded | None:
    if isinstance(value, UnsetType):
        return NOT_LOADED
    return None if value is None else make(value)


def _told_day(value: wire.Day) -> date | NotLoaded | None:
    return NOT_LOADED if isinstance(value, UnsetType) else day_of(value)


def _day(value: wire.Day) -> date | None:
    return None if isinstance(value, UnsetType) else day_of(value)


def _gender(value: str) -> str | None:
    return _GENDERS.get(value.upper())


def _kind(kinds: type[K], value: wire.Text, other: K) -> K:
    try:
        return kinds(plain(value) or "")
    except ValueError:
        return other


def _checked(status: wire.Text, value_status: wire.Text) -> model.Checked:
    if plain(value_status) == _UNDER_WAY:
        return model.Checked.UNDER_WAY
    if plain(value_status) == _FAILED:
        return model.Checked.FAILED
    return model.Checked.YES if plain(status) == _VERIFIED else model.Checked.NO
