"""New tokens for old, by family."""

from datetime import timedelta
from typing import Any

import pytest
from pydantic import SecretStr

from gateway.core.contract.declaration import Declaration
from gateway.core.contract.session import Credential, Session, StudentRef
from gateway.core.errors import (
    AccountMismatch,
    BadResponse,
    GatewayError,
    InteractionRequired,
    ServerFailure,
    SessionError,
)
from gateway.core.model.people import Role
from gateway.core.wire.jar import Cookie, CookieJar
from gateway.core.wire.request import RequestKind
from gateway_mos_ru.adapter import MosAdapter
from gateway_mos_ru.settings import NodeSettings
from tests.plugins.mos_ru.login.play import MOSCOW, OBLAST, settings
from tests.plugins.mos_ru.login.samples import (
    CLIENT,
    CLIENT_SECRET,
    ENDS,
    EXCHANGE,
    PARENT,
    PERSON,
    PROFILES,
    REFRESH,
    TO_MESH,
    TOKEN,
    exchanged,
    jwt,
    profiles,
    to_mesh,
)
from tests.plugins.play import NOW, Reply, Script, ScriptedLink, data, failing, page, text

WEB, NODE, LOGOUT = "/v3/token/refresh", "/v2/token/refresh", "/v3/auth/logout"
NEW_ENDS = ENDS + timedelta(days=7)
NEW = jwt(NEW_ENDS)
NEW_REFRESH = "fictional-refresh-2"


def session(family: str, declaration: Declaration = MOSCOW, **changed: str | None) -> Session:
    given: dict[str, str | None] = {"access_token": TOKEN, "refresh_token": REFRESH, **changed}
    if family == "mobile":
        given.setdefault("client_secret", CLIENT_SECRET)
    return Session(
        account=f"{declaration.name}:account:{PARENT}",
        provider=declaration.name,
        instance="main",
        method="password",
        role=Role.GUARDIAN,
        created_at=NOW - timedelta(days=6),
        credentials={
            name: Credential(SecretStr(value), ENDS if name == "access_token" else None)
            for name, value in given.items()
            if value is not None
        },
        jar=CookieJar((Cookie("seen", "1", "school.mos.ru"),)),
        students=(
            StudentRef(id=f"{declaration.name}:student:{PERSON}", name="x", native={}, zone="UTC"),
        ),
        data={
            "profile_id": str(PARENT),
            "role": "parent",
            "family": family,
            "client_id": CLIENT,
        },
    )


def by_itself(declaration: Declaration, token: str, family: str = "node") -> Session:
    return session(family, declaration, access_token=token, refresh_token=token)


class Renewal:
    """One renewal against a script."""

    def __init__(self, before: Session, *replies: Reply) -> None:
        moscow = before.provider == "mos_ru"
        declaration = MOSCOW if moscow else OBLAST
        configured: Any = settings() if moscow else NodeSettings()
        self.adapter = MosAdapter(declaration, declaration.instances[0], configured)
        self.script = Script(list(replies))
        self.before = before
        self.link = ScriptedLink(self.adapter, self.script, session=before)
        self.link.jar = before.jar

    async def run(self) -> Session:
        return await self.adapter.refresh(self.link, self.before)  # type: ignore[arg-type]  # the part used


def order(renewal: Renewal) -> list[str]:
    return ["KEEP" if item.method == "KEEP" else item.path for item in renewal.script.sent]


class TestMobile:
    async def test_a_pair_for_a_pair_then_the_diarys_token_then_activation(self) -> None:
        renewal = Renewal(
            session("mobile"), exchanged(refresh_token=NEW_REFRESH), to_mesh(NEW), profiles()
        )

        after = await renewal.run()

        assert order(renewal) == [EXCHANGE, "KEEP", TO_MESH, PROFILES]
        sent = renewal.script.sent[0]
        assert sent.kind is RequestKind.REFRESH
        assert sent.body == {"grant_type": "refresh_token", "refresh_token": REFRESH}
        assert sent.headers["Authorization"].startswith("Basic ")
        assert "Authorization" not in renewal.script.to(TO_MESH)[0].headers
        assert renewal.script.to(PROFILES)[0].headers["Auth-Token"] == NEW
        assert renewal.script.to(PROFILES)[0].headers["Authorization"] == f"Bearer {NEW}"
        assert after.secret("access_token") == NEW
        assert after.credentials["access_token"].expires_at == NEW_ENDS
        assert after.secret("refresh_token") == NEW_REFRESH
        assert after.secret("client_secret") == CLIENT_SECRET
        assert after.students == renewal.before.students
        assert after.data == renewal.before.data

    @pytest.mark.parametrize(
        "failure",
        [
            [page("POST", TO_MESH, "<html>", 502)],
            [to_mesh(NEW), page("GET", PROFILES, "<html>", 504)],
            [to_mesh(NEW), failing("GET", PROFILES, ServerFailure())],
        ],
    )
    async def test_what_fails_later_loses_no_refresh_token(self, failure: list[Reply]) -> None:
        renewal = Renewal(session("mobile"), exchanged(refresh_token=NEW_REFRESH), *failure)

        with pytest.raises(GatewayError) as raised:
            await renewal.run()

        assert not isinstance(raised.value, SessionError)
        kept = renewal.link.kept[-1]
        assert kept.secret("refresh_token") == NEW_REFRESH
        assert kept.secret("access_token") == TOKEN, "the new one is not activated"

    async def test_a_service_that_does_not_rotate_leaves_the_old_one(self) -> None:
        renewal = Renewal(
            session("mobile"), exchanged(refresh_token=None), to_mesh(NEW), profiles()
        )

        assert (await renewal.run()).secret("refresh_token") == REFRESH

    @pytest.mark.parametrize(
        ("word", "reason"), [("invalid_grant", "expired"), ("invalid_client", "refused")]
    )
    async def test_a_refused_one_asks_for_the_person(self, word: str, reason: str) -> None:
        renewal = Renewal(session("mobile"), data("POST", EXCHANGE, {"error": word}, 400))

        with pytest.raises(InteractionRequired) as raised:
            await renewal.run()

        assert raised.value.reason == reason
        assert renewal.link.kept == []

    async def test_a_person_without_a_diary_any_more(self) -> None:
        renewal = Renewal(session("mobile"), exchanged(), to_mesh(None))

        with pytest.raises(InteractionRequired):
            await renewal.run()

    async def test_without_the_devices_secret_nothing_is_sent(self) -> None:
        renewal = Renewal(session("mobile", client_secret=None))

        with pytest.raises(InteractionRequired) as raised:
            await renewal.run()

        assert raised.value.reason == "no_refresh"


class TestWeb:
    def _pair(self, **changed: Any) -> Reply:
        return data("POST", WEB, {"access_token": NEW, "refresh_token": NEW_REFRESH, **changed})

    async def test_the_cookie_for_a_new_pair(self) -> None:
        renewal = Renewal(session("web"), self._pair(), profiles())

        after = await renewal.run()

        assert order(renewal) == [WEB, "KEEP", PROFILES]
        sent = renewal.script.sent[0]
        assert sent.kind is RequestKind.REFRESH
        assert sent.body == {}
        assert sent.cookies is not None
        assert f"aupd_refresh_token={REFRESH}" in sent.cookies
        assert sent.headers["Origin"] == "https://school.mos.ru"
        assert "Authorization" not in sent.headers
        assert after.secret("access_token") == NEW
        assert after.secret("refresh_token") == NEW_REFRESH
        assert after.jar == renewal.before.jar

    @pytest.mark.parametrize("status", [401, 499])
    async def test_a_used_one_asks_for_the_person(self, status: int) -> None:
        renewal = Renewal(session("web"), data("POST", WEB, {"message": "x"}, status))

        with pytest.raises(SessionError):
            await renewal.run()

        assert renewal.link.kept == []

    async def test_an_answer_without_a_token_is_a_bad_one(self) -> None:
        renewal = Renewal(session("web"), self._pair(access_token=None))

        with pytest.raises(BadResponse):
            await renewal.run()

    async def test_activation_that_fails_loses_no_refresh_token(self) -> None:
        renewal = Renewal(session("web"), self._pair(), page("GET", PROFILES, "", 500))

        with pytest.raises(ServerFailure):
            await renewal.run()

        assert renewal.link.kept[-1].secret("refresh_token") == NEW_REFRESH
        assert renewal.link.kept[-1].secret("access_token") == TOKEN


class TestByItself:
    OLD = jwt(iss="https://authedu.mosreg.ru", rgn="50")
    YOUNGER = jwt(NEW_ENDS, iss="https://authedu.mosreg.ru", rgn="50")

    @pytest.mark.parametrize("form", ["{}", '"{}"', " {}\n"])
    @pytest.mark.parametrize("family", ["node", "pasted"])
    async def test_a_token_for_a_token(self, family: str, form: str) -> None:
        renewal = Renewal(
            by_itself(OBLAST, self.OLD, family),
            text("GET", NODE, form.format(self.YOUNGER)),
            profiles(),
        )

        after = await renewal.run()

        assert order(renewal) == [NODE, "KEEP", PROFILES]
        assert renewal.script.sent[0].headers["Authorization"] == f"Bearer {self.OLD}"
        assert after.secret("access_token") == self.YOUNGER
        assert after.secret("refresh_token") == self.YOUNGER
        assert after.credentials["access_token"].expires_at == NEW_ENDS

    @pytest.mark.parametrize("status", [499, 401])
    async def test_a_dead_one_asks_for_the_person(self, status: int) -> None:
        renewal = Renewal(
            by_itself(OBLAST, self.OLD), text("GET", NODE, "Something went wrong", status)
        )

        with pytest.raises(SessionError):
            await renewal.run()

    async def test_one_that_lives_no_longer_is_taken_too(self) -> None:
        same = jwt(iss="https://authedu.mosreg.ru", rgn="50", jti="2")
        renewal = Renewal(by_itself(OBLAST, self.OLD), text("GET", NODE, same), profiles())

        after = await renewal.run()

        assert after.secret("access_token") == same
        assert after.secret("refresh_token") == same

    async def test_one_that_is_over_asks_for_the_person(self) -> None:
        over = jwt(NOW - timedelta(hours=1), iss="https://authedu.mosreg.ru", rgn="50")
        renewal = Renewal(by_itself(OBLAST, self.OLD), text("GET", NODE, over))

        with pytest.raises(InteractionRequired):
            await renewal.run()

    async def test_what_is_no_token_is_a_bad_answer(self) -> None:
        renewal = Renewal(by_itself(OBLAST, self.OLD), page("GET", NODE, "<html>hello"))

        with pytest.raises(BadResponse):
            await renewal.run()

    async def test_a_pasted_token_of_moscow_is_not_renewed(self) -> None:
        renewal = Renewal(session("pasted", refresh_token=None))

        with pytest.raises(InteractionRequired) as raised:
            await renewal.run()

        assert raised.value.reason == "no_refresh"


class TestActivation:
    async def test_another_persons_token_is_not_taken(self) -> None:
        pair = data("POST", WEB, {"access_token": NEW, "refresh_token": NEW_REFRESH})
        renewal = Renewal(session("web"), pair, profiles((1, "parent")))

        with pytest.raises(AccountMismatch):
            await renewal.run()

    @pytest.mark.parametrize("status", [401, 403])
    async def test_a_right_that_was_lost_asks_for_the_person(self, status: int) -> None:
        pair = data("POST", WEB, {"access_token": NEW, "refresh_token": NEW_REFRESH})
        closed = data("GET", PROFILES, {"apikey": None}, status)
        renewal = Renewal(session("web"), pair, closed)

        with pytest.raises(InteractionRequired):
            await renewal.run()


async def test_signing_out_is_told_to_the_service_once() -> None:
    signing = Renewal(session("web"), text("GET", LOGOUT, ""))

    await signing.adapter.sign_out(signing.link)  # type: ignore[arg-type]  # the part used

    sent = signing.script.sent[0]
    assert sent.headers["Authorization"] == f"Bearer {TOKEN}"
    assert sent.kind is RequestKind.AUTH
