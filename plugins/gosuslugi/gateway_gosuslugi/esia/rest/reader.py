"""Reads a person's data with their access marker."""

from collections.abc import Callable
from typing import Final, TypeVar

from pydantic import SecretStr

from gateway.core.contract.link import Link
from gateway.core.errors import BadResponse, InvalidRequest, NotFound, Refused
from gateway.core.wire.decoding import decode
from gateway_gosuslugi.esia.rest import mapping, model, wire

ESIA: Final = "esia"
"""Host role of ЕСИА."""

_MOST_PAGES: Final = 50
_PAGE: Final = 100
_MOST_LINKS: Final = 100
_PERSONS: Final = "/rs/prns"
_CONSENTS: Final = "/esia-rs/api/public/v1/prns"
_PROFILE: Final = "/digital/api/public/v1/pso"
_NO_CHILDREN: Final = 400
_ALL: Final = "(elements)"
_WITH_ALL: Final = "(contacts.elements,addresses.elements,documents.elements,kids.elements)"
_OF_CHILD: Final = "(documents.elements,addresses.elements,contacts.elements)"

R = TypeVar("R")
T = TypeVar("T")


class PersonReader:
    """One person's data; each method is a call of its own.

    Args:
        link: Gives a link for a call.
        oid: The person's number.
        marker: Their access marker.
    """

    def __init__(self, link: Callable[[], Link], oid: int, marker: SecretStr) -> None:
        self._link = link
        self._oid = oid
        self._marker = marker

    async def person(self, *, with_collections: bool = False) -> model.Person:
        """The person; contacts, addresses, documents and children too where they are wanted."""
        embed = {"embed": _WITH_ALL} if with_collections else None
        found = await self._read(self._link(), wire.Person, "", params=embed)
        return mapping.person_of(found)

    async def contacts(self) -> tuple[model.Contact, ...]:
        """Phones and e-mail addresses."""
        return tuple(
            map(
                mapping.contact_of,
                await self._all("/ctts", wire.Contact, wire.Collection[wire.Contact]),
            )
        )

    async def addresses(self) -> tuple[model.Address, ...]:
        """Addresses."""
        return tuple(
            map(
                mapping.address_of,
                await self._all("/addrs", wire.Address, wire.Collection[wire.Address]),
            )
        )

    async def documents(self) -> tuple[model.Document, ...]:
        """Documents."""
        return tuple(
            map(
                mapping.document_of,
                await self._all("/docs", wire.Document, wire.Collection[wire.Document]),
            )
        )

    async def children(self) -> tuple[model.Child, ...]:
        """Children on the person's card, but those who have died."""
        children = map(
            mapping.child_of, await self._all("/kids", wire.Kid, wire.Collection[wire.Kid])
        )
        return tuple(child for child in children if child is not None)

    async def child(self, kid_id: int) -> model.Child:
        """One child with documents, addresses and contacts.

        Raises:
            NotFound: There is no such child on the card.
        """
        path = f"/kids/{_number(kid_id)}"
        found = await self._read(
            self._link(), wire.Kid, path, params={"embed": _OF_CHILD}, template="/kids/{kid}"
        )
        child = mapping.child_of(found)
        if child is None:
            raise NotFound("there is no such child on the card")
        return child

    async def child_documents(self, kid_id: int) -> tuple[model.Document, ...]:
        """A child's documents."""
        path = f"/kids/{_number(kid_id)}/docs"
        found = await self._all(
            path, wire.Document, wire.Collection[wire.Document], template="/kids/{kid}/docs"
        )
        return tuple(map(mapping.document_of, found))

    async def issued_consents(self) -> tuple[model.IssuedConsent, ...]:
        """Consents that the person has given to this system."""
        path = f"{_CONSENTS}/{self._oid}/issued/permissions"
        template = f"{_CONSENTS}/{{oid}}/issued/permissions"
        found = await self._get(self._link(), wire.Collection[wire.Consent], path, None, template)
        listed = [item for item in found.elements or () if not isinstance(item, str)]
        return tuple(map(mapping.consent_of, listed))

    async def birth_records(self) -> tuple[model.BirthRecord, ...] | None:
        """Births of the person's children as the state register has them, by a consent of its own.

        None while the register has not answered: ask again later.
        """
        path = f"{_PROFILE}/{self._oid}/doc/KID_RF_BRTH_CERT"
        template = f"{_PROFILE}/{{oid}}/doc/KID_RF_BRTH_CERT"
        try:
            found = await self._get(self._link(), wire.ActRecords, path, None, template)
        except Refused as error:
            if error.http_status == _NO_CHILDREN:
                return ()
            raise
        if found.act_records is None:
            return None
        return tuple(map(mapping.birth_record_of, found.act_records))

    async def _all(
        self,
        path: str,
        shape: type[R],
        collection: type[wire.Collection[R]],
        *,
        template: str | None = None,
    ) -> list[R]:
        """Every element of a collection, page by page; addresses in it are followed by number."""
        link = self._link()
        listed: list[R | str] = []
        for page in range(_MOST_PAGES):
            params: dict[str, str | int] = {"embed": _ALL}
            if page:
                params |= {"pageIndex": page, "pageSize": _PAGE}
            found = await self._read(link, collection, path, params=params, template=template)
            listed += found.elements or []
            if not _has_more(found.state_facts or [], len(listed), found.total_size):
                break
        links = [item for item in listed if isinstance(item, str)]
        if len(links) > _MOST_LINKS:
            raise BadResponse("the collection has too many elements to read one by one")
        told: list[R] = []
        for item in listed:
            if isinstance(item, str):
                number = _last_number(item)
                told.append(
                    await self._read(
                        link, shape, f"{path}/{number}", template=f"{template or path}/{{id}}"
                    )
                )
            else:
                told.append(item)
        return told

    async def _read(
        self,
        link: Link,
        shape: type[T],
        path: str,
        *,
        params: dict[str, str] | dict[str, str | int] | None = None,
        template: str | None = None,
    ) -> T:
        return await self._get(
            link,
            shape,
            f"{_PERSONS}/{self._oid}{path}",
            params,
            f"{_PERSONS}/{{oid}}{template or path}",
        )

    async def _get(
        self,
        link: Link,
        shape: type[T],
        path: str,
        params: dict[str, str] | dict[str, str | int] | None,
        template: str,
    ) -> T:
        answer = await link.request(
            ESIA,
            "GET",
            path,
            params=params,
            headers={
                "Accept": "application/json",
                "Authorization": f"Bearer {self._marker.get_secret_value()}",
            },
            template=template,
        )
        return decode(answer, shape, link.note)


def _has_more(facts: list[str], have: int, total: int | None) -> bool:
    paginated = "Paginated" in facts and "LastPage" not in facts
    return paginated and have > 0 and (total is None or have < total)


def _last_number(url: str) -> int:
    """The number at the end of an element's address; the address itself is never opened.

    Raises:
        BadResponse: It does not end in a number.
    """
    tail = url.rstrip("/").rpartition("/")[2]
    if not (tail.isascii() and tail.isdecimal()):
        raise BadResponse("an element's address does not end in a number")
    return int(tail)


def _number(kid_id: int) -> int:
    if kid_id < 0:
        raise InvalidRequest("a child is named by the number of the card")
    return kid_id
