"""`/rs/prns` and its newer aliases: a person, contacts, documents, children (notes 4.1)."""

from collections.abc import Callable
from typing import Final

from starlette.responses import Response

from gateway.sandbox.web.encoding import encode
from gateway.sandbox.world import model as m
from gateway_gosuslugi.emulator.call import Call
from gateway_gosuslugi.emulator.errors import JSON_TYPE
from gateway_gosuslugi.emulator.esia import records
from gateway_gosuslugi.emulator.esia.book import book_of
from gateway_gosuslugi.emulator.esia.grants import Grant
from gateway_gosuslugi.emulator.esia.records import Record
from gateway_gosuslugi.emulator.esia.refusals import RefusedError, by_rest
from gateway_gosuslugi.emulator.rules import OPEN, Router

ROOTS: Final = ("rs/prns", "esia-rs/api/public/v1/prns", "esia-rs/api/public/v2/prns")
PROFILE: Final = "digital/api/public/v1/pso/{oid}/doc/KID_RF_BRTH_CERT"
_BEARER: Final = "bearer "
_OLD_SCHEMA: Final = "person-1"
_MOST_ON_A_PAGE: Final = 100
_NOT_LOGGED_IN, _NOT_ALLOWED, _NOT_THERE, _NOBODY = "005013", "005029", "020203", "035000"


class Seen:
    """Who is looked at, with what leave.

    Attributes:
        call: The request.
        identity: Whose data are asked for: always the marker's own person.
        grant: What the marker stands for.
    """

    def __init__(self, call: Call, identity: m.EsiaIdentity, grant: Grant) -> None:
        self.call = call
        self.identity = identity
        self.grant = grant
        self.person = call.service.world.person(identity.person_key)
        self._scopes = frozenset(
            item.partition("?")[0].rpartition("/")[2] for item in grant.scope.split()
        )

    def may(self, *names: str) -> bool:
        """Whether one of the scopes was granted."""
        return not self._scopes.isdisjoint(names)

    def need(self, *names: str) -> None:
        """Refuses where none of the scopes was granted.

        Raises:
            RefusedError: None was.
        """
        if not self.may(*names):
            raise RefusedError(_NOT_ALLOWED)

    def kid(self) -> m.Person:
        """The child whose card is asked for.

        Raises:
            RefusedError: The person has no such child.
        """
        for key in self.identity.child_person_keys:
            if str(records.kid_id(key)) == self.call.params["kid"]:
                return self.call.service.world.person(key)
        raise RefusedError(_NOT_THERE)


Elements = Callable[[Seen], list[Record]]


def register(router: Router) -> None:
    """Add the paths of this part."""
    for root in ROOTS:
        one = f"{root}/{{oid}}"
        router.add(one, _guarded(_person), dress=OPEN)
        router.add(f"{one}/kids/{{kid}}", _guarded(_kid), dress=OPEN)
        for path, read in _COLLECTIONS.items():
            router.add(f"{one}/{path}", _guarded(_all_of(read)), dress=OPEN)
            if path != "kids":
                router.add(f"{one}/{path}/{{id}}", _guarded(_one_of(read)), dress=OPEN)
    router.add(f"{ROOTS[1]}/{{oid}}/issued/permissions", _guarded(_consents), dress=OPEN)
    router.add(PROFILE, birth_records, dress=OPEN)


def _guarded(read: Callable[[Seen], Record]) -> Callable[[Call], object]:
    def handler(call: Call) -> object:
        try:
            told = read(_seen(call))
        except RefusedError as refusal:
            return by_rest(refusal)
        # Numbers and truth values are quoted for a client that asks for the first schema.
        old = _OLD_SCHEMA in call.request.headers.get("accept", "").lower()
        return records.quoted(told) if old else told

    return handler


def _seen(call: Call) -> Seen:
    header = call.request.headers.get("authorization", "")
    marker = header[len(_BEARER) :] if header.lower().startswith(_BEARER) else ""
    grant = book_of(call).grants.holder(marker.strip())
    if grant is None or grant.identity_key is None:
        raise RefusedError(_NOT_LOGGED_IN)
    number = call.params["oid"]
    identity = book_of(call).identity(int(number)) if number.isdecimal() else None
    if identity is None:
        raise RefusedError(_NOBODY)
    if identity.key != grant.identity_key:
        raise RefusedError(_NOT_ALLOWED)
    return Seen(call, identity, grant)


# -- single things ------------------------------------------------------------------------------


def _person(seen: Seen) -> Record:
    told = records.person(seen.person, seen.identity, seen.may)
    for name, read in (
        ("contacts", _contacts),
        ("addresses", _addresses),
        ("documents", _documents),
        ("kids", _kids),
    ):
        if f"{name}.elements" in seen.call.text("embed"):
            try:
                told[name] = _collected(read(seen))
            except RefusedError:
                continue
    return told


def _kid(seen: Seen) -> Record:
    seen.need("kid_fullname", "kid_birthdate", "kid_snils", "kid_gender")
    person = seen.kid()
    told = _card(seen, person)
    asked = seen.call.text("embed")
    if "documents.elements" in asked:
        told["documents"] = _collected(records.documents(person, seen.may, is_child=True))
    if "contacts.elements" in asked and seen.may("kid_contacts", "kid_email", "kid_mobile"):
        told["contacts"] = _collected(records.contacts(person, seen.may))
    if "addresses.elements" in asked:
        told["addresses"] = _collected([])
    return told


def _consents(seen: Seen) -> Record:
    found = book_of(seen.call).grants.consent(seen.grant.mnemonic, seen.identity.key)
    if found is None:
        return {}
    grant, issued = found
    begin = int(issued.timestamp())
    elements: list[Record] = [
        {
            # The list of issued consents spells the journal's mnemonic in its own way.
            "sysname": name.replace("EDU_JOURNAL", "EDU_JORNAL"),
            "status": "A",
            "issuedOn": begin,
            "expiredOn": begin + 525_600 * 60,
            "scopes": {"elements": [{"sysname": scope} for scope in scopes]},
        }
        for name, scopes in grant.consents
    ]
    return _collected(elements)


def birth_records(call: Call) -> object:
    """GET births of the children; the register takes its time over the first request."""
    try:
        seen = _seen(call)
        seen.need("kid_birth_cert_doc", "birth_cert_doc")
    except RefusedError as refusal:
        return by_rest(refusal)
    if not seen.identity.child_person_keys:
        return Response(encode({"code": "NO_CHILDREN"}), 400, media_type=JSON_TYPE)
    number, asked = int(call.params["oid"]), book_of(call).asked_registers
    if number not in asked:
        asked.add(number)
        return {"oid": number, "requestId": call.service.draws.guid()}
    world = call.service.world
    children = (world.person(key) for key in seen.identity.child_person_keys)
    return {"oid": number, "actRecords": [records.birth_record(child) for child in children]}


# -- collections --------------------------------------------------------------------------------


def _contacts(seen: Seen) -> list[Record]:
    seen.need("contacts", "email", "mobile")
    return records.contacts(seen.person, seen.may)


def _addresses(seen: Seen) -> list[Record]:
    seen.need("addresses", "contacts")
    return records.addresses(seen.person)


def _documents(seen: Seen) -> list[Record]:
    seen.need("id_doc", "birth_cert_doc", "medical_doc")
    return records.documents(seen.person, seen.may, is_child=False)


def _kids(seen: Seen) -> list[Record]:
    seen.need("kid_fullname", "kid_birthdate", "kid_snils", "kid_gender")
    world = seen.call.service.world
    return [_card(seen, world.person(key)) for key in seen.identity.child_person_keys]


def _kid_documents(seen: Seen) -> list[Record]:
    seen.need("kid_birth_cert_doc", "kid_medical_doc", "birth_cert_doc")
    return records.documents(seen.kid(), seen.may, is_child=True)


def _nothing(_: Seen) -> list[Record]:
    return []


_COLLECTIONS: Final[dict[str, Elements]] = {
    "ctts": _contacts,
    "addrs": _addresses,
    "docs": _documents,
    "kids": _kids,
    "kids/{kid}/docs": _kid_documents,
    "orgs": _nothing,
    "vhls": _nothing,
    "roles": _nothing,
}


def _card(seen: Seen, person: m.Person) -> Record:
    world = seen.call.service.world
    accounts = (item for item in world.esia_identities if item.person_key == person.key)
    return records.kid(person, next(accounts, None), seen.may)


def _all_of(read: Elements) -> Callable[[Seen], Record]:
    """A collection: addresses, or the things themselves where that is asked for; by pages."""

    def answer(seen: Seen) -> Record:
        elements = read(seen)
        shown: list[object] = list(elements)
        if "elements" not in seen.call.text("embed"):
            path = seen.call.request.url.path.rstrip("/")
            shown = [f"{seen.call.site.esia}{path}/{item['id']}" for item in elements]
        return _paged(seen, shown)

    return answer


def _one_of(read: Elements) -> Callable[[Seen], Record]:
    def answer(seen: Seen) -> Record:
        for item in read(seen):
            if str(item["id"]) == seen.call.params["id"]:
                return item
        raise RefusedError(_NOT_THERE)

    return answer


def _paged(seen: Seen, shown: list[object]) -> Record:
    size = seen.call.text("pageSize")
    if not size.isdecimal() or not 1 <= int(size) <= _MOST_ON_A_PAGE:
        return _collected(shown)
    page = seen.call.text("pageIndex")
    index = int(page) if page.isdecimal() else 0
    part = shown[index * int(size) : (index + 1) * int(size)]
    facts = ["Paginated"]
    if index == 0:
        facts.append("FirstPage")
    if (index + 1) * int(size) >= len(shown):
        facts.append("LastPage")
    return {
        "stateFacts": facts,
        "pageSize": int(size),
        "pageIndex": index,
        "totalSize": len(shown),
        "elements": part,
    }


def _collected(elements: list[Record] | list[object]) -> Record:
    if not elements:
        return {"stateFacts": ["hasSize"], "size": 0}
    return {
        "stateFacts": ["hasSize"],
        "size": len(elements),
        "eTag": f"{len(elements):08X}",
        "elements": list(elements),
    }
