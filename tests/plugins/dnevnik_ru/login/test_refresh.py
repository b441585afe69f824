"""New tokens for old."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from pydantic import SecretStr

from gateway.core.contract.session import Credential, Session
from gateway.core.contract.settings import ProviderSettings
from gateway.core.errors import (
    AccountMismatch,
    BadResponse,
    ConfigurationError,
    InteractionRequired,
    MissingSetting,
    ProviderUnavailable,
)
from gateway.core.login.record import FlowRecord
from gateway.core.model.people import Role
from gateway.core.wire.request import RequestKind
from gateway_dnevnik_ru.adapter import DnevnikAdapter
from gateway_dnevnik_ru.declaration import DNEVNIK_RU
from tests.plugins.dnevnik_ru.login.play import CLIENT, CLIENT_SECRET, REFRESH, settings
from tests.plugins.dnevnik_ru.login.samples import USER, partner_grant
from tests.plugins.play import NOW, FlowScriptedLink, Reply, Script, data, failing

PARTNER = "/v2/authorizations"
MOBILE = "/mobile/v6.0/authorizations/byrefreshtoken"
NEW, NEW_REFRESH = "N" * 32, "R" * 32


def session(family: str = "partner", refresh: str | None = REFRESH) -> Session:
    credentials = {"access_token": Credential(SecretStr("old"), NOW)}
    if refresh is not None:
        credentials["refresh_token"] = Credential(SecretStr(refresh))
    return Session(
        account=f"dnevnik_ru:account:{USER}",
        provider="dnevnik_ru",
        instance="main",
        method="password:partner",
        role=Role.STUDENT,
        created_at=NOW,
        credentials=credentials,
        data={"family": family, "user_id": str(USER), "mobile_version": "v6.0"},
    )


async def renewed(before: Session, *replies: Reply, **changed: Any) -> tuple[Session, Script]:
    configured = changed.pop("configured", None) or settings(**changed)
    adapter = DnevnikAdapter(DNEVNIK_RU, DNEVNIK_RU.instances[0], configured)
    record = FlowRecord(
        id="f", provider="dnevnik_ru", instance="main", method="refresh", expires_at=0.0
    )
    script = Script(list(replies))
    link = FlowScriptedLink(record, adapter, script)
    return await adapter.refresh(link, before), script  # type: ignore[arg-type]  # the part used


def new_pair(**changed: Any) -> dict[str, Any]:
    return partner_grant(accessToken=NEW, refreshToken=NEW_REFRESH, **changed)


async def test_the_partner_interface_gives_a_new_pair() -> None:
    after, script = await renewed(session(), data("POST", PARTNER, new_pair()))

    assert after.secret("access_token") == NEW
    assert after.secret("refresh_token") == NEW_REFRESH
    assert after.credentials["access_token"].expires_at == NOW + timedelta(seconds=2591999)
    (sent,) = script.sent
    assert sent.kind is RequestKind.REFRESH
    assert sent.body == {
        "grant_type": "RefreshToken",
        "refreshToken": REFRESH,
        "client_id": CLIENT,
        "client_secret": CLIENT_SECRET,
    }


async def test_the_apps_interface_is_asked_in_the_version_of_the_session() -> None:
    flat = {"type": "Success", **new_pair(), "expiresDate": "2026-11-04T09:00:00Z"}
    other = "99999999-2222-4333-8444-555555555555"

    after, script = await renewed(
        session("mobile"),
        data("POST", MOBILE, flat),
        mobile_client_id=other,
        mobile_client_secret="app",
    )

    assert after.secret("access_token") == NEW
    assert script.sent[0].body["client_id"] == other
    assert script.sent[0].body["client_secret"] == "app"


async def test_everything_else_of_the_session_stays() -> None:
    before = session()
    before = replace(before, credentials={**before.credentials, "x": Credential(SecretStr("y"))})

    after, _ = await renewed(before, data("POST", PARTNER, new_pair()))

    assert replace(after, credentials={}) == replace(before, credentials={})
    assert after.secret("x") == "y"


async def test_a_used_refresh_token_is_never_kept() -> None:
    answer = partner_grant(accessToken=NEW, refreshToken=None)

    after, _ = await renewed(session(), data("POST", PARTNER, answer))

    assert after.secret("refresh_token") is None


async def test_a_token_of_the_site_cannot_be_renewed_and_nothing_is_sent() -> None:
    with pytest.raises(InteractionRequired) as raised:
        await renewed(session(refresh=None))

    assert raised.value.reason == "no_refresh"
    assert raised.value.method == "password:partner"


@pytest.mark.parametrize(
    ("word", "status", "reason"),
    [
        ("authorizationFailed", 200, "expired"),
        ("authorizationFailed", 403, "expired"),
        ("invalidToken", 401, "expired"),
        ("Error", 200, "expired"),
        ("invalidRequest", 400, "refused"),
    ],
)
@pytest.mark.parametrize(("family", "path"), [("partner", PARTNER), ("mobile", MOBILE)])
async def test_a_refused_refresh_needs_the_person(
    family: str, path: str, word: str, status: int, reason: str
) -> None:
    refused = data("POST", path, {"type": word, "description": "…"}, status)

    with pytest.raises(InteractionRequired) as raised:
        await renewed(session(family), refused)

    assert raised.value.reason == reason
    assert REFRESH not in str(raised.value)


async def test_a_bare_401_needs_the_person() -> None:
    bare = Reply("POST", PARTNER, 401, b"", "text/plain")

    with pytest.raises(InteractionRequired):
        await renewed(session(), bare)


async def test_another_accounts_tokens_are_not_taken() -> None:
    with pytest.raises(AccountMismatch):
        await renewed(session(), data("POST", PARTNER, new_pair(user=999)))


async def test_a_passing_failure_stays_one() -> None:
    with pytest.raises(ProviderUnavailable):
        await renewed(session(), failing("POST", PARTNER, ProviderUnavailable()))


async def test_a_broken_answer_stays_one() -> None:
    broken = Reply("POST", PARTNER, 200, b"{", "application/json")

    with pytest.raises(BadResponse):
        await renewed(session(), broken)


async def test_lost_keys_are_the_operators() -> None:
    with pytest.raises(MissingSetting, match="CLIENT_SECRET"):
        await renewed(session(), client_secret=None)


async def test_settings_of_another_provider_do_not_do() -> None:
    with pytest.raises(ConfigurationError):
        await renewed(session(), configured=ProviderSettings())
