"""Wire types of ЕСИА's REST; what a scope was not granted for is absent, not empty.

Official samples quote numbers and truth values, recorded answers do not: both are read.
"""

from typing import Annotated, Generic, TypeAlias, TypeVar

from msgspec import UNSET, Struct, UnsetType, field

from gateway.core.contract.evidence import Documented, Seen

R = TypeVar("R")

Text: TypeAlias = str | UnsetType | None
Number: TypeAlias = int | UnsetType | None
Truth: TypeAlias = bool | UnsetType | None
Day: TypeAlias = str | int | UnsetType | None
"""`dd.MM.yyyy`, ISO, or seconds since 1970, as a number or quoted."""


class Collection(Struct, Generic[R], rename="camel"):
    """A list of things: addresses of them, or they themselves where that was asked for."""

    elements: Annotated[list[str | R] | None, Seen(4)] = None
    size: Annotated[int | None, Seen(3)] = None
    state_facts: Annotated[list[str] | None, Documented()] = None
    page_index: Annotated[int | None, Documented()] = None
    page_size: Annotated[int | None, Documented()] = None
    total_size: Annotated[int | None, Documented()] = None


class Contact(Struct, rename="camel"):
    """`ctts`."""

    id: Annotated[Number, Seen(3)] = UNSET
    type: Annotated[Text, Seen(4)] = UNSET
    value: Annotated[Text, Seen(4)] = UNSET
    vrf_stu: Annotated[Text, Seen(3)] = UNSET
    vrf_val_stu: Annotated[Text, Documented()] = UNSET
    verifying_value: Annotated[Text, Documented()] = UNSET


class Address(Struct, rename="camel"):
    """`addrs`."""

    id: Annotated[Number, Seen(2)] = UNSET
    type: Annotated[Text, Seen(3)] = UNSET
    address_str: Annotated[Text, Seen(3)] = UNSET
    zip_code: Annotated[Text, Seen(2)] = UNSET
    country_id: Annotated[Text, Seen(2)] = UNSET
    region: Annotated[Text, Seen(2)] = UNSET
    area: Annotated[Text, Documented()] = UNSET
    city: Annotated[Text, Seen(2)] = UNSET
    district: Annotated[Text, Documented()] = UNSET
    settlement: Annotated[Text, Documented()] = UNSET
    street: Annotated[Text, Seen(2)] = UNSET
    house: Annotated[Text, Seen(2)] = UNSET
    building: Annotated[Text, Documented()] = UNSET
    frame: Annotated[Text, Documented()] = UNSET
    flat: Annotated[Text, Seen(2)] = UNSET
    fias_code: Annotated[Text, Seen(2)] = UNSET


class Document(Struct, rename="camel"):
    """`docs`."""

    id: Annotated[Number, Seen(3)] = UNSET
    type: Annotated[Text, Seen(4)] = UNSET
    vrf_stu: Annotated[Text, Seen(3)] = UNSET
    vrf_val_stu: Annotated[Text, Documented()] = UNSET
    series: Annotated[Text, Seen(3)] = UNSET
    number: Annotated[Text, Seen(3)] = UNSET
    issue_date: Annotated[Day, Seen(3)] = UNSET
    issue_id: Annotated[Text, Seen(2)] = UNSET
    issued_by: Annotated[Text, Seen(3)] = UNSET
    expiry_date: Annotated[Day, Documented()] = UNSET
    act_no: Annotated[Text, Documented()] = UNSET
    act_date: Annotated[Day, Documented()] = UNSET
    united_number: Annotated[Text, Documented()] = UNSET


class KidAccount(Struct, rename="camel"):
    """`kidAccount`."""

    id: Annotated[Number, Documented()] = UNSET
    oid: Annotated[Number, Documented()] = UNSET
    first_name: Annotated[Text, Documented()] = UNSET
    last_name: Annotated[Text, Documented()] = UNSET
    email: Annotated[Text, Documented()] = UNSET
    linked_to_child_account: Annotated[Truth, Documented()] = UNSET
    count_parent_link: Annotated[Number, Documented()] = UNSET


class Kid(Struct, rename="camel"):
    """`kids`."""

    id: Annotated[Number, Seen(2)] = UNSET
    oid: Annotated[Number, Documented()] = UNSET
    first_name: Annotated[Text, Seen(2)] = UNSET
    last_name: Annotated[Text, Seen(2)] = UNSET
    middle_name: Annotated[Text, Seen(2)] = UNSET
    birth_date: Annotated[Day, Seen(2)] = UNSET
    gender: Annotated[Text, Seen(2)] = UNSET
    birth_place: Annotated[Text, Documented()] = UNSET
    citizenship_id: Annotated[Text, Documented()] = UNSET
    snils: Annotated[Text, Seen(2)] = UNSET
    inn: Annotated[Text, Documented()] = UNSET
    trusted: Annotated[Truth, Documented()] = UNSET
    updated_on: Annotated[Number, Documented()] = UNSET
    has_account: Annotated[Truth, Documented()] = UNSET
    kid_account: Annotated[KidAccount | UnsetType | None, Documented()] = UNSET
    dead_kid: Annotated[Truth, Documented()] = UNSET
    hidden_by_parent: Annotated[Truth, Documented()] = UNSET
    documents: Annotated[Collection[Document] | UnsetType | None, Documented()] = UNSET
    addresses: Annotated[Collection[Address] | UnsetType | None, Documented()] = UNSET
    contacts: Annotated[Collection[Contact] | UnsetType | None, Documented()] = UNSET


class Person(Struct, rename="camel"):
    """A person's own record, with collections where they were embedded."""

    first_name: Annotated[Text, Seen(5)] = UNSET
    last_name: Annotated[Text, Seen(5)] = UNSET
    middle_name: Annotated[Text, Seen(5)] = UNSET
    birth_date: Annotated[Day, Seen(5)] = UNSET
    birth_place: Annotated[Text, Seen(3)] = UNSET
    gender: Annotated[Text, Seen(4)] = UNSET
    trusted: Annotated[Truth, Seen(5)] = UNSET
    citizenship: Annotated[Text, Seen(4)] = UNSET
    snils: Annotated[Text, Seen(4)] = UNSET
    inn: Annotated[Text, Seen(4)] = UNSET
    updated_on: Annotated[Number, Seen(3)] = UNSET
    verifying: Annotated[Truth, Seen(3)] = UNSET
    status: Annotated[Text, Seen(4)] = UNSET
    contacts: Annotated[Collection[Contact] | UnsetType | None, Seen(2)] = UNSET
    addresses: Annotated[Collection[Address] | UnsetType | None, Seen(2)] = UNSET
    documents: Annotated[Collection[Document] | UnsetType | None, Seen(2)] = UNSET
    kids: Annotated[Collection[Kid] | UnsetType | None, Documented()] = UNSET


class ConsentScope(Struct, rename="camel"):
    """A scope of an issued consent."""

    sysname: Annotated[str | None, Documented()] = None


class KidInfo(Struct, rename="camel"):
    """Whom a consent for a child is about."""

    kid_fullname: Annotated[str | None, Documented()] = None
    kid_birthdate: Annotated[int | str | None, Documented()] = None


class Consent(Struct, rename="camel"):
    """An issued consent."""

    sysname: Annotated[str, Documented()]
    status: Annotated[str | None, Documented()] = None
    issued_on: Annotated[int | str | None, Documented()] = None
    expired_on: Annotated[int | str | None, Documented()] = None
    kid_id: Annotated[int | None, Documented()] = None
    kid_info: Annotated[KidInfo | None, Documented()] = None
    scopes: Annotated[Collection[ConsentScope] | None, Documented()] = None


class ActCertificate(Struct, rename="camel"):
    """A certificate given out on a record of birth."""

    series: Annotated[str | None, Documented()] = None
    number: Annotated[str | None, Documented()] = None
    issue_date: Annotated[str | int | None, Documented()] = None


class RegistryOffice(Struct):
    """Where a record of birth was made."""

    name: Annotated[str | None, Documented()] = None


class ActRecord(Struct, rename="camel"):
    """A record of birth in the state register."""

    kid_id: Annotated[int | None, Documented()] = None
    act_no_2018_before: Annotated[str | None, Documented()] = field(
        default=None, name="actNo2018Before"
    )
    act_no_2018_after: Annotated[str | None, Documented()] = field(
        default=None, name="actNo2018After"
    )
    act_date: Annotated[str | int | None, Documented()] = None
    certs: Annotated[list[ActCertificate] | None, Documented()] = None
    registry_office: Annotated[RegistryOffice | None, Documented()] = None


class ActRecords(Struct, rename="camel"):
    """Records of birth of a person's children; only a number of the request at first."""

    act_records: Annotated[list[ActRecord] | None, Documented()] = None
    request_id: Annotated[str | None, Documented()] = None


class Tokens(Struct):
    """The answer to a request for markers."""

    access_token: Annotated[str, Seen(7)]
    # A number in all samples, text in one client.
    expires_in: Annotated[int | None, Seen(7)] = None
    state: Annotated[str | None, Seen(7)] = None
    token_type: Annotated[str | None, Seen(5)] = None
    id_token: Annotated[str | None, Seen(5)] = None
    refresh_token: Annotated[str | None, Seen(4)] = None


class OAuthRefusal(Struct):
    """How the protocol of sign-ins refuses."""

    error: Annotated[str | None, Seen(2)] = None
    error_description: Annotated[str | None, Seen(2)] = None


class RestRefusal(Struct):
    """How REST refuses."""

    code: Annotated[str | None, Documented()] = None
    message: Annotated[str | None, Documented()] = None
