"""Persons, contacts, documents and children, in every spelling."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from gateway.core.contract.evidence import evidence_of, wire_structs
from gateway.core.errors import AccessDenied, BadResponse, InvalidRequest, NotFound, SessionLost
from gateway.core.model.base import NOT_LOADED
from gateway.core.wire.response import Hop, WireResponse
from gateway_gosuslugi.esia.rest import mapping, model, wire
from gateway_gosuslugi.esia.rest.dates import day_of, moment_of
from gateway_gosuslugi.esia.rest.reader import PersonReader
from tests.plugins.gosuslugi.esia.stand import (
    CONFIRMED,
    MOTHER,
    PUPIL,
    SCOPE,
    Stand,
    serving,
    sign_in,
)


@pytest.fixture(scope="module")
def origin() -> Iterator[str]:
    with serving() as found:
        yield found


@pytest.fixture
def stand(tmp_path: Path, origin: str) -> Stand:
    return Stand(origin, tmp_path)


class TestAgainstTheSandbox:
    async def test_a_person_with_all_that_was_granted(self, stand: Stand) -> None:
        async with stand.client(*stand.old()) as esia:
            asked = await esia.ask(SCOPE)
            reader = esia.reader(await esia.finish(asked, sign_in(asked.url, MOTHER)))
            person = await reader.person(with_collections=True)

        assert person.surname == "Вымыслова"
        assert person.birth_date == date(1992, 7, 20)
        assert person.gender == "female"
        assert person.is_trusted is True
        assert person.citizenship is NOT_LOADED
        assert person.inn is NOT_LOADED
        assert isinstance(person.contacts, tuple)
        assert {item.kind for item in person.contacts} == {
            model.ContactKind.MOBILE,
            model.ContactKind.EMAIL,
        }
        assert isinstance(person.documents, tuple)
        assert person.documents[0].kind is model.DocumentKind.PASSPORT
        assert person.documents[0].issued_on == date(2015, 2, 1)
        assert isinstance(person.children, tuple)
        assert len(person.children) == 2
        assert "Вымыслова" not in repr(person)

    async def test_what_no_scope_reaches_is_not_loaded_or_refused(self, stand: Stand) -> None:
        async with stand.client(*stand.old()) as esia:
            asked = await esia.ask(("openid", "fullname"))
            reader = esia.reader(await esia.finish(asked, sign_in(asked.url, MOTHER)))
            person = await reader.person(with_collections=True)
            with pytest.raises(AccessDenied) as raised:
                await reader.contacts()

        assert person.birth_date is NOT_LOADED
        assert person.contacts is NOT_LOADED
        assert person.children is NOT_LOADED
        assert raised.value.context["esia_code"] == "ESIA-005029"

    async def test_children_and_their_documents(self, stand: Stand) -> None:
        async with stand.client(*stand.old()) as esia:
            asked = await esia.ask()
            reader = esia.reader(await esia.finish(asked, sign_in(asked.url, MOTHER)))
            children = await reader.children()
            with_account = next(child for child in children if child.has_account)
            documents = await reader.child_documents(with_account.id)
            child = await reader.child(with_account.id)
            with pytest.raises(NotFound):
                await reader.child(1)
            with pytest.raises(InvalidRequest):
                await reader.child(-1)

        assert with_account.account_oid is not None
        assert with_account.gender in {"male", "female"}
        assert [item.kind for item in documents] == [model.DocumentKind.BIRTH_CERTIFICATE]
        assert documents[0].act_date == with_account.birth_date
        assert child.documents == documents
        assert child.contacts is NOT_LOADED

    async def test_nobody_without_children_has_any(self, stand: Stand) -> None:
        async with stand.client(*stand.old()) as esia:
            asked = await esia.ask()
            tokens = await esia.finish(asked, sign_in(asked.url, CONFIRMED))
            reader = esia.reader(tokens)
            assert await reader.addresses() != ()
            assert len(await reader.children()) == 1

    async def test_births_come_from_the_register_in_its_own_time(self, stand: Stand) -> None:
        async with stand.client(*stand.old()) as esia:
            asked = await esia.ask()
            reader = esia.reader(await esia.finish(asked, sign_in(asked.url, MOTHER)))
            assert await reader.birth_records() is None
            records = await reader.birth_records()
            children = await reader.children()

            asked = await esia.ask()
            tokens = await esia.finish(asked, sign_in(asked.url, PUPIL))
            assert await esia.reader(tokens).birth_records() == ()

        assert records is not None
        assert {item.child_id for item in records} == {child.id for child in children}
        assert {item.act_date for item in records} == {child.birth_date for child in children}
        assert all(item.certificates for item in records)

    async def test_a_dead_marker_and_a_foreign_person(self, stand: Stand) -> None:
        async with stand.client(*stand.old()) as esia:
            asked = await esia.ask()
            tokens = await esia.finish(asked, sign_in(asked.url, MOTHER))
            dead = PersonReader(esia.reader(tokens)._link, tokens.oid, SecretStr("dead"))
            with pytest.raises(SessionLost):
                await dead.person()
            with pytest.raises(NotFound):
                await esia.reader(tokens, 1).person()

    async def test_without_embed_a_collection_holds_addresses(self, stand: Stand) -> None:
        async with stand.client(*stand.old()) as esia:
            asked = await esia.ask()
            tokens = await esia.finish(asked, sign_in(asked.url, MOTHER))
        token = tokens.access_token.get_secret_value()
        path = f"/esia-rs/api/public/v1/prns/{tokens.oid}/kids"

        listed = stand.get(path, token=token).json()
        paged = stand.get(path, token=token, embed="(kids.elements)", pageSize="1").json()

        assert listed["size"] == 2
        assert all(item.startswith(f"{stand.origin}{path}/") for item in listed["elements"])
        assert paged["stateFacts"] == ["Paginated", "FirstPage"]
        assert paged["totalSize"] == 2
        assert paged["elements"][0]["hasAccount"] in {True, False}

    def test_without_a_marker_nothing_is_told(self, stand: Stand) -> None:
        assert stand.get("/rs/prns/1/ctts").status_code == 401
        assert stand.get("/esia-rs/api/public/v2/prns/1").json()["code"] == "ESIA-005013"


class FakeLink:
    """Answers by path."""

    def __init__(self, answers: dict[str, Any]) -> None:
        self.answers = answers
        self.asked: list[tuple[str, Any]] = []

    async def request(
        self, role: str, method: str, path: str, *, params: Any = None, **_: Any
    ) -> WireResponse:
        self.asked.append((path, params))
        found = self.answers[path]
        body = found[(params or {}).get("pageIndex", 0)] if isinstance(found, list) else found
        headers = (("content-type", "application/json"),)
        return WireResponse(200, headers, msgspec.json.encode(body), (Hop(path, 200),))

    def note(self, path: str, reason: str) -> None:
        raise AssertionError(path)


def reader(answers: dict[str, Any]) -> tuple[PersonReader, FakeLink]:
    link = FakeLink({f"/rs/prns/7{path}": value for path, value in answers.items()})
    return PersonReader(lambda: link, 7, SecretStr("marker")), link  # type: ignore[arg-type]


EMAIL = {"id": 14, "type": "EML", "vrfStu": "VERIFIED", "value": "a@example.org"}


class TestCollections:
    async def test_addresses_are_followed_by_number_never_by_host(self) -> None:
        evil = "https://evil.example.org/rs/prns/9/ctts/14"
        made, link = reader({"/ctts": {"elements": [evil], "size": 1}, "/ctts/14": EMAIL})
        (contact,) = await made.contacts()
        assert contact.value == "a@example.org"
        assert [path for path, _ in link.asked] == ["/rs/prns/7/ctts", "/rs/prns/7/ctts/14"]

    @pytest.mark.parametrize("url", ["https://x.example/ctts/../../1x", "", "https://x/ctts/٣"])
    async def test_an_address_without_a_number_is_refused(self, url: str) -> None:
        made, _ = reader({"/ctts": {"elements": [url]}})
        with pytest.raises(BadResponse):
            await made.contacts()

    @pytest.mark.parametrize(
        "empty", [{}, {"size": 0}, {"elements": None}, {"elements": [], "size": "0"}]
    )
    async def test_an_empty_one_has_many_forms(self, empty: Any) -> None:
        made, _ = reader({"/kids": empty})
        assert await made.children() == ()

    async def test_pages_are_read_to_the_last(self) -> None:
        def page(index: int, *facts: str) -> dict[str, Any]:
            element = {**EMAIL, "id": index}
            return {"stateFacts": ["Paginated", *facts], "elements": [element], "totalSize": 3}

        made, link = reader({"/ctts": [page(0, "FirstPage"), page(1), page(2, "LastPage")]})
        assert [item.id for item in await made.contacts()] == [0, 1, 2]
        assert len(link.asked) == 3

    async def test_too_many_addresses_are_not_followed(self) -> None:
        made, _ = reader({"/ctts": {"elements": [f"https://x/ctts/{n}" for n in range(200)]}})
        with pytest.raises(BadResponse):
            await made.contacts()


class TestSpellings:
    def test_quoted_numbers_and_truth_values(self) -> None:
        plain = {"trusted": True, "updatedOn": 1385460263, "birthDate": "25.01.1980"}
        quoted = {"trusted": "true", "updatedOn": "1385460263", "birthDate": "317602800"}
        found = [
            mapping.person_of(
                msgspec.json.decode(msgspec.json.encode(item), type=wire.Person, strict=False)
            )
            for item in (plain, quoted)
        ]
        assert found[0] == found[1]
        assert found[0].is_trusted is True
        assert found[0].birth_date == date(1980, 1, 25)

    def test_absent_null_and_empty_are_three_things(self) -> None:
        told = {"firstName": "Иван", "middleName": "", "lastName": None}
        person = mapping.person_of(msgspec.convert(told, wire.Person))
        assert person.given_name == "Иван"
        assert person.patronymic is None
        assert person.surname is None
        assert person.snils is NOT_LOADED

    def test_addresses_in_an_embedded_collection_tell_nothing(self) -> None:
        told = {"contacts": {"elements": ["https://x/ctts/1"]}, "documents": {"size": 0}}
        person = mapping.person_of(msgspec.convert(told, wire.Person))
        assert person.contacts is NOT_LOADED
        assert person.documents == ()

    def test_what_is_being_checked_is_told_apart(self) -> None:
        def checked(**told: str) -> model.Checked:
            return mapping.contact_of(msgspec.convert(told, wire.Contact)).checked

        assert checked(vrfStu="VERIFIED") is model.Checked.YES
        assert checked(vrfStu="NOT_VERIFIED") is model.Checked.NO
        assert checked(vrfStu="NOT_VERIFIED", vrfValStu="VERIFYING") is model.Checked.UNDER_WAY
        assert checked(vrfStu="NOT_VERIFIED", vrfValStu="VERIFICATION_FAILED") is (
            model.Checked.FAILED
        )

    def test_an_unknown_kind_does_not_break_a_list(self) -> None:
        found = mapping.document_of(msgspec.convert({"type": "NEW_PAPER"}, wire.Document))
        assert found.kind is model.DocumentKind.OTHER

    def test_a_child_who_has_died_is_not_shown(self) -> None:
        told = {"id": "5", "deadKid": "true"}
        assert mapping.child_of(msgspec.convert(told, wire.Kid, strict=False)) is None
        assert mapping.child_of(wire.Kid()) is None


class TestDates:
    @pytest.mark.parametrize(
        ("value", "day"),
        [
            ("25.01.2010", date(2010, 1, 25)),
            ("2010-01-25", date(2010, 1, 25)),
            ("2010-01-25T10:00:00", date(2010, 1, 25)),
            (1264366800, date(2010, 1, 25)),  # midnight in Moscow
            ("1264366800", date(2010, 1, 25)),
            (1264366800000, date(2010, 1, 25)),
            ("31.02.2010", None),
            ("", None),
            ("soon", None),
            (None, None),
        ],
    )
    def test_every_form(self, value: Any, day: date | None) -> None:
        assert day_of(value) == day

    def test_seconds_and_milliseconds(self) -> None:
        assert moment_of(1385460263) == moment_of("1385460263") == moment_of(1385460263000)
        assert moment_of(1385460263) == datetime(2013, 11, 26, 10, 4, 23, tzinfo=UTC)

    @given(st.one_of(st.text(max_size=30), st.integers(), st.none()))
    def test_nothing_breaks_them(self, value: str | int | None) -> None:
        assert day_of(value) is None or isinstance(day_of(value), date)
        moment_of(value)


def test_every_field_says_how_sure_it_is() -> None:
    modules = (
        "gateway_gosuslugi.esia.rest.wire",
        "gateway_gosuslugi.esia.oauth.claims",
        "gateway_gosuslugi.esia.identity.headless.wire",
    )
    structs = wire_structs(modules)
    assert len(structs) > 20
    for struct in structs:
        assert set(evidence_of(struct)) == set(struct.__struct_fields__), struct.__name__
