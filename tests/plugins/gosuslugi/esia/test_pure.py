"""Levels of accounts, ends of a sign-in, spellings of a login, events: nothing is sent."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.core.contract.identity import SignInRequest
from gateway.core.contract.steps import CompletedBy
from gateway.core.errors import AnswerTooLarge, IllegalAnswer
from gateway.core.wire.jar import Cookie, CookieJar
from gateway_gosuslugi.esia.identity.endings import has_cookies, is_end, result_of
from gateway_gosuslugi.esia.identity.headless.events import Events
from gateway_gosuslugi.esia.identity.headless.logins import page_login
from gateway_gosuslugi.esia.levels import (
    NAMES,
    Level,
    age_on,
    is_kept_by_parent,
    level_of_portal,
    may_consent,
    may_have_children,
    opens_diaries,
)


class TestLevels:
    @pytest.mark.parametrize("level", list(Level))
    def test_fourteen_is_the_border(self, level: Level) -> None:
        assert opens_diaries(level, 13)
        assert opens_diaries(level, 14) is (level is Level.CONFIRMED)

    def test_only_confirmed_adults_consent(self) -> None:
        assert may_consent(Level.CONFIRMED, 18)
        assert not may_consent(Level.CONFIRMED, 17)
        assert not may_consent(Level.STANDARD, 40)

    def test_a_childs_account_is_its_parents(self) -> None:
        assert [level for level in Level if is_kept_by_parent(level)] == [Level.CHILD]
        assert [level for level in Level if may_have_children(level)] == [Level.CONFIRMED]

    def test_codes_of_the_portal(self) -> None:
        found = [level_of_portal(code) for code in ("AL10", "al15", "AL20", "AL30", "AL99")]
        assert found == [*(Level.SIMPLIFIED, Level.STANDARD), *(Level.CONFIRMED,) * 2, None]

    def test_every_level_has_its_name(self) -> None:
        assert set(NAMES) == set(Level)

    @pytest.mark.parametrize(
        ("day", "age"),
        [(date(2026, 2, 27), 13), (date(2026, 2, 28), 13), (date(2026, 3, 1), 14)],
    )
    def test_whoever_was_born_on_a_leap_day(self, day: date, age: int) -> None:
        assert age_on(date(2012, 2, 29), day) == age


def request(completes_by: CompletedBy, pattern: str | None = None) -> SignInRequest:
    return SignInRequest(
        start_url="https://portal.example/start",
        completes_by=completes_by,
        pattern=pattern,
        cookie_domain="portal.example",
        cookie_names=("u", "s") if completes_by is CompletedBy.COOKIES else (),
    )


class TestEndings:
    def test_a_final_address_by_its_pattern(self) -> None:
        asked = request(CompletedBy.FINAL_URL, r"^https://portal\.example/done\?code=")
        assert is_end(asked, "https://portal.example/done?code=1")
        assert not is_end(asked, "https://evil.example/?https://portal.example/done?code=1")

    def test_an_applications_own_scheme(self) -> None:
        asked = request(CompletedBy.APP_SCHEME_URL, r"diary://end\?")
        assert result_of(asked, " diary://end?code=1 ").url == "diary://end?code=1"
        with pytest.raises(IllegalAnswer):
            result_of(asked, "https://portal.example/")

    @pytest.mark.parametrize(
        ("url", "ends"),
        [
            ("http://127.0.0.1:8123/cb?code=1&state=2", True),
            ("http://127.0.0.1:8123/other?code=1", False),
            ("http://127.0.0.1:9999/cb?code=1", False),
            ("http://[", False),
        ],
    )
    def test_a_loopback_address_whatever_its_query(self, url: str, ends: bool) -> None:
        assert is_end(request(CompletedBy.LOOPBACK, "http://127.0.0.1:8123/cb"), url) is ends

    def test_cookies_by_name_and_domain(self) -> None:
        asked = request(CompletedBy.COOKIES)
        own = Cookie("u", "1", "portal.example"), Cookie("s", "2", "portal.example")
        other = Cookie("s", "2", "evil.example")
        assert has_cookies(asked, CookieJar(own))
        assert not has_cookies(asked, CookieJar((own[0], other)))
        assert not is_end(asked, asked.start_url)

    def test_the_browsers_cookies_become_a_jar(self) -> None:
        found = result_of(request(CompletedBy.COOKIES), {"u": " 1 ", "s": "2", "other": "3"})
        assert found.jar.value("u") == "1"
        assert found.jar.value("other") is None
        assert found.jar.header("portal.example", "/", secure=False, now=0) is None

    def test_an_endless_address_is_none(self) -> None:
        assert not is_end(request(CompletedBy.FINAL_URL), "https://x/" + "a" * 20_000)


@pytest.mark.parametrize(
    ("text", "login"),
    [
        ("+7 900 000-00-06", "+7(900)0000006"),
        ("89000000006", "+7(900)0000006"),
        ("9000000006", "+7(900)0000006"),
        ("000-000-007 07", "000-000-007 07"),
        ("00000000707", "000-000-007 07"),
        ("700-000-007 07", "700-000-007 07"),
        (" Name@Example.org ", "Name@Example.org"),
        ("whatever", "whatever"),
        ("12", "12"),
    ],
)
def test_logins_are_spelt_as_the_page_does(text: str, login: str) -> None:
    assert page_login(text) == login


class TestEvents:
    @given(st.lists(st.integers(min_value=1, max_value=12), max_size=20))
    def test_pieces_of_any_size_make_the_same_events(self, sizes: list[int]) -> None:
        stream = b': hello\r\nevent: x\r\ndata: {"a":\r\ndata: 1}\r\n\r\ndata:{}\n\n'
        events, found, start = Events(), [], 0
        for size in [*sizes, len(stream)]:
            found += list(events.feed(stream[start : start + size]))
            start += size
        assert found == [b'{"a":\n1}', b"{}"]

    def test_an_endless_event_is_refused(self) -> None:
        events = Events()
        line = b"data: " + b"x" * 1024 + b"\n"
        with pytest.raises(AnswerTooLarge):
            list(events.feed(line * 100))
