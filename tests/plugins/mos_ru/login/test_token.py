"""Pasted tokens and cookies, and whose accounts they open."""

from typing import Any

import pytest

from gateway.core.contract.declaration import Declaration
from gateway.core.contract.steps import CompletedBy, Redirect
from gateway.core.errors import (
    AccountNotLinked,
    IllegalAnswer,
    LoginError,
    NoMembership,
    NoStudents,
    RoleNotServed,
    TokenRejected,
)
from gateway.core.model.people import Role
from gateway_mos_ru.login import words
from tests.plugins.mos_ru.login.play import KALUGA, MOSCOW, OBLAST, Play
from tests.plugins.mos_ru.login.samples import (
    ENDS,
    OWN_PERSON,
    PARENT,
    PERSON,
    PROFILE,
    PROFILES,
    REFRESH,
    SECOND_PERSON,
    STUDENT,
    TOKEN,
    child,
    family,
    jwt,
    no_children,
    profiles,
    welcomed,
)
from tests.plugins.play import NOW, Reply, data, only, text

OBLAST_TOKEN = jwt(iss="https://authedu.mosreg.ru", rgn="50")


async def pasted(value: str, *replies: Reply, declaration: Declaration = MOSCOW) -> Any:
    play = Play("token", declaration=declaration)
    await play.start()
    return await play.will(*replies).submit({"token": value})


class TestPasting:
    @pytest.mark.parametrize(
        "value",
        [
            TOKEN,
            f"  {TOKEN}\n",
            f"Bearer {TOKEN}",
            f"authorization: bearer {TOKEN}",
            f"aupd_token={TOKEN}",
            f"a=1; aupd_token={TOKEN}; aupd_refresh_token=x",
            f'"{TOKEN}"',
        ],
    )
    async def test_every_way_to_copy_it_is_understood(self, value: str) -> None:
        session = only(await pasted(value, *welcomed()))

        assert session.secret("access_token") == TOKEN
        assert session.credentials["access_token"].expires_at == ENDS
        assert session.data["family"] == "pasted"
        assert session.method == "token"

    async def test_in_moscow_nothing_renews_it(self) -> None:
        assert only(await pasted(TOKEN, *welcomed())).secret("refresh_token") is None

    async def test_a_node_renews_a_token_by_itself(self) -> None:
        session = only(await pasted(OBLAST_TOKEN, *welcomed(), declaration=OBLAST))

        assert session.secret("refresh_token") == OBLAST_TOKEN
        assert session.account == f"mosreg_ru:account:{PARENT}"

    @pytest.mark.parametrize(
        "value", ["", "rubbish", "a.b", "aaa.bbb.ccc", "x" * 20_000, f"{TOKEN}{TOKEN}"]
    )
    async def test_what_is_none_is_said_so(self, value: str) -> None:
        with pytest.raises(TokenRejected) as raised:
            await pasted(value or " ")

        assert raised.value.text == words.NO_TOKEN

    async def test_a_dead_one_is_told_before_it_is_sent(self) -> None:
        with pytest.raises(TokenRejected) as raised:
            await pasted(jwt(NOW))

        assert raised.value.text == words.EXPIRED_TOKEN

    async def test_one_without_an_end_is_tried(self) -> None:
        session = only(await pasted(jwt(None), *welcomed()))

        assert session.credentials["access_token"].expires_at is None

    @pytest.mark.parametrize(
        ("token", "declaration", "owner"),
        [
            (OBLAST_TOKEN, MOSCOW, "Московская область"),
            (TOKEN, OBLAST, "МЭШ"),
            (jwt(iss=None, rgn="40"), MOSCOW, "Калужская область"),
            (jwt(iss="https://dnevnik.admoblkaluga.ru", rgn=None), OBLAST, "Калужская область"),
            (jwt(iss="https://authedu.mosreg.ru", rgn="50"), KALUGA, "Московская область"),
            (jwt(iss="https://elsewhere.example", rgn="95"), MOSCOW, "95"),
        ],
    )
    async def test_one_of_another_region_is_told_whose_it_is(
        self, token: str, declaration: Declaration, owner: str
    ) -> None:
        with pytest.raises(TokenRejected) as raised:
            await pasted(token, declaration=declaration)

        assert owner in raised.value.text.ru

    async def test_one_that_does_not_tell_its_region_is_tried(self) -> None:
        token = jwt(iss="https://sandbox.example", rgn=None)

        assert len(await pasted(token, *welcomed())) == 1

    async def test_one_that_the_diary_refuses_may_be_replaced(self) -> None:
        play = Play("token", declaration=MOSCOW)
        await play.start()
        play.will(text("GET", PROFILES, "Пользователь не авторизован", 401))
        with pytest.raises(TokenRejected):
            await play.submit({"token": TOKEN})
        other = jwt(sso="another")
        play.will(*welcomed())

        session = only(await play.submit({"token": other}))

        assert session.secret("access_token") == other


class TestCookies:
    async def test_moscow_wants_both(self) -> None:
        play = Play("cookies")

        step = await play.start()

        assert isinstance(step, Redirect)
        assert step.completes_by is CompletedBy.COOKIES
        assert step.cookie_domain == "school.mos.ru"
        assert step.cookie_names == ("aupd_token", "aupd_refresh_token")
        play.will(*welcomed())
        given = {"aupd_token": TOKEN, "aupd_refresh_token": REFRESH}
        session = only(await play.submit(given))
        assert session.data["family"] == "web"
        assert session.secret("refresh_token") == REFRESH

    async def test_the_second_may_be_missing(self) -> None:
        play = Play("cookies")
        await play.start()
        play.will(*welcomed())

        session = only(await play.submit({"aupd_token": TOKEN, "aupd_refresh_token": " "}))

        assert session.data["family"] == "pasted"
        assert session.secret("refresh_token") is None

    async def test_a_node_wants_one(self) -> None:
        play = Play("cookies", declaration=OBLAST)

        step = await play.start()

        assert step.cookie_names == ("aupd_token",)
        play.will(*welcomed())
        session = only(await play.submit({"aupd_token": OBLAST_TOKEN}))
        assert session.data["family"] == "node"
        assert session.secret("refresh_token") == OBLAST_TOKEN

    async def test_the_first_is_needed(self) -> None:
        play = Play("cookies")
        await play.start()

        with pytest.raises(IllegalAnswer):
            await play.submit({"aupd_refresh_token": REFRESH})


class TestAccounts:
    async def test_a_parent_sees_every_child(self) -> None:
        two = family(child(), child(STUDENT + 1, SECOND_PERSON, contract_id=None, school=None))

        session = only(await pasted(TOKEN, profiles((PARENT, "parent")), two))

        assert session.role is Role.GUARDIAN
        assert [item.id for item in session.students] == [
            f"mos_ru:student:{PERSON}",
            f"mos_ru:student:{SECOND_PERSON}",
        ]
        assert dict(session.students[0].native) == {
            "student": str(STUDENT),
            "person": PERSON,
            "school": "77",
            "class_unit": "880",
            "class_level": "8",
            "contract": "5550001",
            "curriculum": "990",
        }
        assert set(session.students[1].native) == {
            "student",
            "person",
            "class_unit",
            "class_level",
            "curriculum",
        }
        assert session.students[0].zone == "Europe/Moscow"
        assert session.students[0].name.startswith("Песочников Артём")

    async def test_a_student_sees_themselves(self) -> None:
        own = family(child(person=OWN_PERSON), number=STUDENT, kind="student")

        session = only(await pasted(TOKEN, profiles((STUDENT, "StudentProfile")), own))

        assert session.role is Role.STUDENT
        assert session.data["role"] == "student"
        assert session.students[0].native["person"] == OWN_PERSON

    async def test_a_student_without_a_number_of_a_person_has_it_in_the_token(self) -> None:
        own = family(child(person=None), number=STUDENT, kind="student")

        session = only(await pasted(TOKEN, profiles((STUDENT, "student")), own))

        assert session.students[0].id == f"mos_ru:student:{OWN_PERSON}"

    @pytest.mark.parametrize(
        ("kind", "word", "role"),
        [
            ("parent", "Представитель", Role.TRUSTED_PERSON),
            ("parent", "Родитель", Role.GUARDIAN),
            ("trusted_representative", "Родитель", Role.TRUSTED_PERSON),
            ("agent", None, Role.GUARDIAN),
        ],
    )
    async def test_trusted_persons_are_told_from_parents(
        self, kind: str, word: str | None, role: Role
    ) -> None:
        listed = [{"person_id": OWN_PERSON, "type": word}, {"person_id": "x", "type": "Родитель"}]
        answer = family(child(representatives=listed), kind=kind)

        session = only(await pasted(TOKEN, profiles((PARENT, "ParentProfile")), answer))

        assert session.role is role
        assert session.data["role"] == "parent"

    async def test_nobody_without_a_profile(self) -> None:
        with pytest.raises(AccountNotLinked) as raised:
            await pasted(TOKEN, data("GET", PROFILES, []))

        assert raised.value.text == words.NOT_LINKED_MOSCOW

    async def test_nobody_with_profiles_of_staff_only(self) -> None:
        with pytest.raises(RoleNotServed):
            await pasted(TOKEN, profiles((1, "TeacherProfile"), (2, "school_admin")))

    async def test_a_parent_without_children(self) -> None:
        with pytest.raises(NoStudents):
            await pasted(TOKEN, profiles((PARENT, "parent")), no_children())

    async def test_a_student_without_a_school(self) -> None:
        with pytest.raises(NoMembership):
            await pasted(TOKEN, profiles((STUDENT, "student")), no_children(STUDENT, "student"))

    @pytest.mark.parametrize("status", [401, 403])
    async def test_a_service_that_is_not_open_is_no_dead_token(self, status: int) -> None:
        closed = data("GET", PROFILE, {"apikey": None}, status)

        with pytest.raises(LoginError) as raised:
            await pasted(TOKEN, profiles((PARENT, "parent")), closed)

        assert isinstance(raised.value, AccountNotLinked)

    async def test_a_person_whom_activation_refuses_has_no_diary(self) -> None:
        with pytest.raises(AccountNotLinked):
            await pasted(TOKEN, data("GET", PROFILES, {"message": "no"}, 403))

    async def test_no_token_stands_in_an_error(self) -> None:
        with pytest.raises(TokenRejected) as raised:
            await pasted(TOKEN, text("GET", PROFILES, "no", 401))

        assert TOKEN not in repr(raised.value) + str(raised.value.__cause__)
