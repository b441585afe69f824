"""What ЕСИА tells of a person: plain values, free of its spellings.

A field is `NOT_LOADED` where the answer does not hold it, because no granted scope reaches it, and
None or empty where it holds nothing.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias, TypeVar

from gateway.core.model.base import NOT_LOADED, NotLoaded

T = TypeVar("T")

Told: TypeAlias = T | NotLoaded | None
"""A value, None where there is none, `NOT_LOADED` where nothing was said."""


class ContactKind(StrEnum):
    """What a contact is."""

    MOBILE = "MBT"
    PHONE = "PHN"
    EMAIL = "EML"
    WORK_EMAIL = "CEM"
    OTHER = "other"


class AddressKind(StrEnum):
    """What an address is for."""

    REGISTRATION = "PRG"
    LIVING = "PLV"
    TEMPORARY = "PTA"
    OTHER = "other"


class DocumentKind(StrEnum):
    """What a document is."""

    PASSPORT = "RF_PASSPORT"
    FOREIGN_ID = "FID_DOC"
    TRAVEL_PASSPORT = "FRGN_PASS"
    DRIVING_LICENCE = "RF_DRIVING_LICENSE"
    MILITARY_ID = "MLTR_ID"
    MEDICAL_POLICY = "MDCL_PLCY"
    BIRTH_CERTIFICATE = "RF_BRTH_CERT"
    FOREIGN_BIRTH_CERTIFICATE = "FID_BRTH_CERT"
    OLD_BIRTH_CERTIFICATE = "OLD_BRTH_CERT"
    OTHER = "other"


class Checked(StrEnum):
    """Whether a register has confirmed something."""

    YES = "yes"
    NO = "no"
    UNDER_WAY = "under_way"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A phone or an e-mail address."""

    kind: ContactKind
    value: str | None = field(repr=False)
    checked: Checked
    id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """An address; `text` is the whole of it but the zip code and the last parts."""

    kind: AddressKind
    text: str | None = field(repr=False)
    zip_code: str | None = field(default=None, repr=False)
    region: str | None = None
    city: str | None = None
    settlement: str | None = None
    street: str | None = field(default=None, repr=False)
    house: str | None = field(default=None, repr=False)
    flat: str | None = field(default=None, repr=False)
    fias_code: str | None = field(default=None, repr=False)
    id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document.

    Attributes:
        united_number: Number of a medical policy of the united form.
        act_number: Number of the record behind a birth certificate.
    """

    kind: DocumentKind
    checked: Checked
    series: str | None = field(default=None, repr=False)
    number: str | None = field(default=None, repr=False)
    issued_on: date | None = field(default=None, repr=False)
    issued_by: str | None = field(default=None, repr=False)
    expires_on: date | None = None
    united_number: str | None = field(default=None, repr=False)
    act_number: str | None = field(default=None, repr=False)
    act_date: date | None = field(default=None, repr=False)
    id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """A child on a parent's card.

    Attributes:
        id: Number of the card, `kid_id`: what the child's documents are asked by.
        oid: Number of the entity.
        account_oid: Number of the child's own account, where a parent has made one.
    """

    id: int
    oid: int | None
    given_name: Told[str] = field(default=NOT_LOADED, repr=False)
    surname: Told[str] = field(default=NOT_LOADED, repr=False)
    patronymic: Told[str] = field(default=NOT_LOADED, repr=False)
    birth_date: Told[date] = field(default=NOT_LOADED, repr=False)
    gender: Told[str] = NOT_LOADED
    snils: Told[str] = field(default=NOT_LOADED, repr=False)
    is_trusted: Told[bool] = NOT_LOADED
    has_account: Told[bool] = NOT_LOADED
    account_oid: Told[int] = NOT_LOADED
    is_hidden: bool = False
    documents: tuple[Document, ...] | NotLoaded = field(default=NOT_LOADED, repr=False)
    contacts: tuple[Contact, ...] | NotLoaded = field(default=NOT_LOADED, repr=False)
    addresses: tuple[Address, ...] | NotLoaded = field(default=NOT_LOADED, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person as ЕСИА knows them."""

    given_name: Told[str] = field(default=NOT_LOADED, repr=False)
    surname: Told[str] = field(default=NOT_LOADED, repr=False)
    patronymic: Told[str] = field(default=NOT_LOADED, repr=False)
    birth_date: Told[date] = field(default=NOT_LOADED, repr=False)
    birth_place: Told[str] = field(default=NOT_LOADED, repr=False)
    gender: Told[str] = NOT_LOADED
    is_trusted: Told[bool] = NOT_LOADED
    citizenship: Told[str] = NOT_LOADED
    snils: Told[str] = field(default=NOT_LOADED, repr=False)
    inn: Told[str] = field(default=NOT_LOADED, repr=False)
    updated_at: Told[datetime] = NOT_LOADED
    status: Told[str] = NOT_LOADED
    contacts: tuple[Contact, ...] | NotLoaded = field(default=NOT_LOADED, repr=False)
    addresses: tuple[Address, ...] | NotLoaded = field(default=NOT_LOADED, repr=False)
    documents: tuple[Document, ...] | NotLoaded = field(default=NOT_LOADED, repr=False)
    children: tuple[Child, ...] | NotLoaded = field(default=NOT_LOADED, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedConsent:
    """A consent that the person has given.

    Attributes:
        sysname: Its mnemonic.
        is_active: Whether it still holds.
        child_id: Card of the child that it is about, if any.
    """

    sysname: str
    is_active: bool
    issued_at: datetime | None
    expires_at: datetime | None
    scopes: tuple[str, ...]
    child_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BirthRecord:
    """A child's birth as the state register has it.

    Attributes:
        child_id: Card of the child.
        act_number: Number of the record.
        certificates: Series and number of every certificate given out on it.
    """

    child_id: int | None
    act_number: str | None = field(default=None, repr=False)
    act_date: date | None = field(default=None, repr=False)
    office: str | None = None
    certificates: tuple[tuple[str, str], ...] = field(default=(), repr=False)
