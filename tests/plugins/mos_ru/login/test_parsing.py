"""Pure knowledge of signing in: pages, tokens, addresses, proofs, verdicts."""

import asyncio
import base64
import hashlib
import json
import time
from threading import Event
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr, ValidationError

from gateway.core.errors import AntiBotPage, LoginError
from gateway.core.wire.outcome import OK, SESSION_LOST, Outcome, OutcomeKind
from gateway.core.wire.request import RequestKind, WireRequest
from gateway.core.wire.response import Hop, WireResponse
from gateway_mos_ru.classifying import classified
from gateway_mos_ru.login.addresses import Ending, ending_of, factor_of, is_loopback
from gateway_mos_ru.login.claims import claims_of, token_of
from gateway_mos_ru.login.pages import (
    asks_to_trust,
    code_state,
    factors_of,
    is_expired,
    refresh_url,
)
from gateway_mos_ru.login.proof import bits_of, search, solved
from gateway_mos_ru.login.wire import CodeState
from gateway_mos_ru.routes import API, DIARY, LOGIN
from gateway_mos_ru.settings import MosSettings
from gateway_mos_ru.signing import signed
from tests.plugins.mos_ru.login.samples import PROFILES, TOKEN
from tests.plugins.mos_ru.login.test_refresh import session


class TestPages:
    @pytest.mark.parametrize(
        ("content", "url"),
        [
            ("0;url=https://a.example/?x=1&amp;y=2", "https://a.example/?x=1&y=2"),
            ("0; URL='https://a.example/'", "https://a.example/"),
            ("5 , url = https://a.example/", "https://a.example/"),
            (";url=https://a.example/", "https://a.example/"),
            ("5", None),
            ("0;url=", None),
        ],
    )
    def test_a_meta_refresh_is_read(self, content: str, url: str | None) -> None:
        html = f'<html><meta charset="x"><META HTTP-EQUIV="Refresh" content="{content}"></html>'

        assert refresh_url(html) == url

    def test_only_a_refresh_leads_on(self) -> None:
        assert refresh_url('<meta name="x" content="0;url=https://a.example">') is None
        assert refresh_url("<!-- <meta http-equiv=refresh content='0;url=x'> -->") is None

    @pytest.mark.parametrize(
        ("title", "asks"),
        [
            ("Доверять этому браузеру?", True),
            ("\n  ДОВЕРЯТЬ этому\nбраузеру? ", True),
            ("Вход", False),
        ],
    )
    def test_the_question_of_trust_is_known_by_its_title(self, title: str, asks: bool) -> None:
        assert asks_to_trust(f"<html><head><title>{title}</title></head><p>x") is asks

    def test_the_question_in_the_text_is_none(self) -> None:
        assert not asks_to_trust("<title>Вход</title><p>Доверять этому браузеру?</p>")

    @pytest.mark.parametrize(
        ("script", "state"),
        [
            (
                'var vrfCodeConf = {"error":"Неверный код","ttl":120,"attemptsLeft":2};',
                CodeState("Неверный код", 120, 2),
            ),
            ('vrfCodeConf={"ttl":"60","other":{"a":1}};', CodeState(None, 60, None)),
            (
                "var vrfCodeConf = {error: 'Код &quot;x&quot;', ttl: 5, attemptsLeft: '1',};",
                CodeState('Код "x"', 5, 1),
            ),
            ("var vrfCodeConf = {", CodeState()),
            ('var vrfCodeConf = {"error":null,"ttl":true};', CodeState()),
        ],
    )
    def test_what_a_page_knows_of_a_code_is_read(self, script: str, state: CodeState) -> None:
        assert code_state(f"<html><script>\n{script}\n</script>") == state

    def test_a_page_that_knows_nothing(self) -> None:
        assert code_state("<html>vrfCodeConf") is None

    @pytest.mark.parametrize(
        ("state", "expired"),
        [
            (CodeState("Срок истек", 9, 2), True),
            (CodeState("Код просрочен", 9, 2), True),
            (CodeState(None, 0, 2), True),
            (CodeState("Неверный код", 9, 2), False),
            (CodeState(), False),
        ],
    )
    def test_an_expired_code_is_told(self, state: CodeState, expired: bool) -> None:
        assert is_expired(state) is expired

    def test_ways_to_confirm_are_listed_once(self) -> None:
        html = '<a href="/sps/login/methods2/sms?bo=1"><a href="/sps/login/methods2/totp">' * 2

        assert factors_of(html) == ("sms", "totp")

    @given(st.text(max_size=400))
    def test_anything_may_come(self, html: str) -> None:
        for page in (html, f"<meta http-equiv=refresh content='{html}'>", f"vrfCodeConf={{{html}"):
            refresh_url(page)
            asks_to_trust(page)
            code_state(page)
            factors_of(page)

    def test_large_pages_are_read_in_reasonable_time(self) -> None:
        begun = time.perf_counter()
        for piece in ("<title>", "url=", "<meta http-equiv=refresh content='0;", "vrfCodeConf={'a"):
            for read in (refresh_url, asks_to_trust, code_state, factors_of):
                read(piece * 100_000)

        assert time.perf_counter() - begun < 10


class TestTokens:
    @given(st.text(max_size=300))
    def test_anything_may_be_pasted(self, text: str) -> None:
        token = token_of(text)

        assert token is None or token in text

    @given(st.text(alphabet="abcAZ09-_.=", max_size=60))
    def test_any_token_may_be_read(self, token: str) -> None:
        claims_of(token)

    @pytest.mark.parametrize("exp", [10**30, -(10**30), 1e400])
    def test_an_end_beyond_time_is_none(self, exp: Any) -> None:
        body = base64.urlsafe_b64encode(json.dumps({"exp": exp}).encode()).decode().rstrip("=")
        claims = claims_of(f"e30.{body}.e30")

        assert claims is None or claims.expires_at is None

    def test_a_refresh_cookie_is_no_access_token(self) -> None:
        assert token_of(f"aupd_refresh_token={TOKEN}") is None


class TestAddresses:
    @pytest.mark.parametrize(
        ("url", "ending"),
        [
            ("dnevnik-mes://oauth2redirect?code=a&state=b", Ending("a", "b", None)),
            (" dnevnik-mes://oauth2redirect/?code=a ", Ending("a", None, None)),
            ("DNEVNIK-MES://oauth2redirect?error=x", Ending(None, None, "x")),
            ("dnevnik-mes://elsewhere?code=a", None),
            ("https://oauth2redirect?code=a", None),
            ("dnevnik-mes://oauth2redirect/more?code=a", None),
            ("http://[::1", None),
        ],
    )
    def test_an_ending_is_known_by_its_address(self, url: str, ending: Ending | None) -> None:
        assert ending_of(url, "dnevnik-mes://oauth2redirect") == ending

    @pytest.mark.parametrize(
        ("address", "is_one"),
        [
            ("http://localhost:8765", True),
            ("http://127.0.0.1:1/x", True),
            ("http://localhost", False),
            ("https://localhost:1", False),
            ("http://example.org:80", False),
            ("http://localhost.example:80", False),
            ("dnevnik-mes://oauth2redirect", False),
        ],
    )
    def test_what_can_be_listened_at(self, address: str, is_one: bool) -> None:
        assert is_loopback(address) is is_one

    @pytest.mark.parametrize(
        ("path", "factor"),
        [
            ("/sps/login/methods2/sms", "sms"),
            ("/sps/login/methods/email", "email"),
            ("/sps/login/method/flashCall", "flashCall"),
            ("/sps/login/method/flashCall/code", "flashCall"),
            ("/sps/login/methods/password", None),
            ("/sps/login/methods2/", None),
            ("/v3/auth/sudir/callback", None),
        ],
    )
    def test_a_second_factor_is_known_by_its_page(self, path: str, factor: str | None) -> None:
        assert factor_of(path) == factor


class TestProof:
    CHALLENGE = "1:12:261005101500:3f2a-uuid::c2FsdA==:"

    async def test_the_stamp_begins_with_zero_bits(self) -> None:
        stamp = await solved(self.CHALLENGE, most_bits=20)

        assert stamp.startswith(self.CHALLENGE)
        digest = hashlib.sha1(stamp.encode()).digest()
        assert int.from_bytes(digest[:2]) >> 4 == 0
        int(stamp.removeprefix(self.CHALLENGE), 16)

    @pytest.mark.parametrize(
        ("challenge", "bits"),
        [
            ("1:15:x:y::z:", 15),
            ("1:0:", 0),
            ("1:161:x", None),
            ("0:15:x", None),
            ("", None),
            ("1:15:é", None),
            ("1:15:x y", None),
        ],
    )
    def test_how_hard_it_is(self, challenge: str, bits: int | None) -> None:
        assert bits_of(challenge) == bits

    async def test_a_harder_one_than_allowed_is_not_begun(self) -> None:
        with pytest.raises(LoginError, match="21 bits"):
            await solved("1:21:x:y::z:", most_bits=20)

    def test_it_can_be_given_up(self) -> None:
        stop = Event()
        stop.set()

        assert search("1:60:x:y::z:", 60, stop) is None

    async def test_it_runs_beside_the_loop_and_ends_with_its_caller(self) -> None:
        task = asyncio.create_task(solved("1:26:x:y::z:", most_bits=26))
        await asyncio.sleep(0)
        task.cancel()

        with pytest.raises(asyncio.CancelledError):
            await task


def verdict(
    role: str, kind: RequestKind, status: int, body: bytes, media: str = "application/json"
) -> Outcome | None:
    response = WireResponse(
        status, (("content-type", media),), body, (Hop("https://x.example/", status),)
    )
    return classified(WireRequest(role, "POST", "/x", kind), response)


class TestVerdicts:
    @pytest.mark.parametrize("role", [LOGIN, API])
    @pytest.mark.parametrize("status", [400, 401, 403, 404, 422])
    def test_the_flow_reads_a_refusal_itself(self, role: str, status: int) -> None:
        assert verdict(role, RequestKind.AUTH, status, b'{"errors":[]}') == OK

    @pytest.mark.parametrize("status", [200, 302, 408, 429, 500, 503])
    def test_what_is_no_refusal_is_left_to_the_status(self, status: int) -> None:
        assert verdict(LOGIN, RequestKind.AUTH, status, b'{"errors":[]}') is None

    @pytest.mark.parametrize("status", [401, 499])
    def test_a_refused_renewal_is_a_lost_session(self, status: int) -> None:
        assert verdict(API, RequestKind.REFRESH, status, b'{"message":"x"}') == SESSION_LOST

    def test_the_sign_in_system_tells_why_it_refuses_a_renewal(self) -> None:
        assert verdict(LOGIN, RequestKind.REFRESH, 401, b'{"error":"invalid_client"}') == OK

    @pytest.mark.parametrize("body", [b"<html>", b"", b"[]", b'"x"', b"\xff", b"[" * 100_000])
    def test_a_401_without_words_is_no_wrong_password(self, body: bytes) -> None:
        found = verdict(LOGIN, RequestKind.AUTH, 401, body, "text/html")

        assert found is not None
        assert found.kind is OutcomeKind.REFUSED
        assert type(found.error) is LoginError

    def test_a_page_with_403_is_a_refused_network(self) -> None:
        found = verdict(LOGIN, RequestKind.READ, 403, b"<html>", "text/html")

        assert found is not None
        assert isinstance(found.error, AntiBotPage)


class TestSigning:
    def test_a_sign_ins_own_requests_carry_no_old_token(self) -> None:
        before = session("mobile")
        own = ("Authorization", "Bearer new")
        for request in (
            WireRequest(LOGIN, "GET", "/sps/x", RequestKind.READ),
            WireRequest(API, "POST", "/v3/auth/sudir/auth", RequestKind.READ),
            WireRequest(API, "POST", "/v3/token/refresh", RequestKind.REFRESH),
            WireRequest(DIARY, "GET", PROFILES, RequestKind.READ, headers=(own,)),
        ):
            assert signed(request, before) == request

    def test_all_others_do(self) -> None:
        request = WireRequest(DIARY, "GET", "/x", RequestKind.READ)
        headers = dict(signed(request, session("web")).headers)

        assert headers["Authorization"] == f"Bearer {TOKEN}"
        assert headers["Auth-Token"] == TOKEN


class TestSettings:
    @pytest.mark.parametrize("address", ["http://localhost:1", "app://end", "https://a.example/x"])
    def test_an_address_of_ones_own(self, address: str) -> None:
        assert MosSettings(redirect_uri=address).redirect_uri == address

    @pytest.mark.parametrize("address", ["localhost:1", "http://a.example/?x=1", "http://a b/", ""])
    def test_what_is_no_address(self, address: str) -> None:
        with pytest.raises(ValidationError):
            MosSettings(redirect_uri=address)

    def test_secrets_are_not_shown(self) -> None:
        assert "secret-1" not in repr(MosSettings(registration_token=SecretStr("secret-1")))
