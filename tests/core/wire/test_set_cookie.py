"""`Set-Cookie` by the rules of RFC 6265, section 5."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.core.wire.jar import Cookie, CookieJar
from gateway.core.wire.set_cookie import default_path, parse_cookie_date, parse_set_cookie

NOW = datetime(2026, 9, 1, 12, 0, tzinfo=UTC).timestamp()
HOST = "login.diary.example.ru"


def parse(header: str, *, host: str = HOST, path: str = "/login/step") -> Cookie | None:
    return parse_set_cookie(header, host=host, path=path, now=NOW)


def must_parse(header: str, *, host: str = HOST, path: str = "/login/step") -> Cookie:
    cookie = parse(header, host=host, path=path)
    assert cookie is not None
    return cookie


def test_a_bare_cookie_belongs_to_its_host_and_directory() -> None:
    assert must_parse("sid=abc") == Cookie(
        name="sid", value="abc", domain=HOST, path="/login", host_only=True
    )


def test_all_attributes_are_read_in_any_case_and_order() -> None:
    cookie = must_parse("sid=a=b; HTTPONLY; secure; pAtH=/x; Domain=.Diary.Example.ru; Max-Age=60")
    assert cookie == Cookie(
        name="sid",
        value="a=b",
        domain="diary.example.ru",
        path="/x",
        host_only=False,
        secure=True,
        expires=NOW + 60,
    )


@pytest.mark.parametrize(
    "header, name, value",
    [
        ("a=", "a", ""),
        ("  a = b  ", "a", "b"),
        ('a="quoted value"', "a", '"quoted value"'),
        ("a=b,c", "a", "b,c"),
        ("a=пять", "a", "пять"),
        ("a=b;", "a", "b"),
        ("a\t=\tb", "a", "b"),
    ],
)
def test_name_and_value_are_trimmed_and_otherwise_kept(header: str, name: str, value: str) -> None:
    cookie = must_parse(header)
    assert (cookie.name, cookie.value) == (name, value)


@pytest.mark.parametrize(
    "header",
    ["", ";", "novalue", "=value", " = ; path=/", "a\x00=b", "a=b\x07", "a=\r\nX: y", "a" * 4_097],
)
def test_what_is_no_cookie_is_ignored(header: str) -> None:
    assert parse(header) is None


def test_a_cookie_has_a_greatest_size() -> None:
    assert parse("a=" + "v" * 4_095) is not None
    assert parse("a=" + "v" * 4_096) is None


@pytest.mark.parametrize(
    "domain",
    [
        "other.ru",
        "ru",
        ".ru",
        "sub.login.diary.example.ru",
        "ogin.diary.example.ru",
        "diary.example.ru.",
        "..diary.example.ru",
    ],
)
def test_a_domain_that_does_not_cover_the_host_is_refused(domain: str) -> None:
    assert parse(f"a=b; Domain={domain}") is None


@pytest.mark.parametrize("domain", ["", "."])
def test_an_empty_domain_is_as_none(domain: str) -> None:
    cookie = must_parse(f"a=b; Domain={domain}")
    assert (cookie.domain, cookie.host_only) == (HOST, True)


def test_the_host_itself_as_domain_covers_its_sub_domains() -> None:
    cookie = must_parse(f"a=b; Domain={HOST.upper()}")
    assert (cookie.domain, cookie.host_only) == (HOST, False)


def test_a_single_label_host_may_name_itself_but_only_for_itself() -> None:
    cookie = must_parse("a=b; Domain=localhost", host="localhost")
    assert (cookie.domain, cookie.host_only) == ("localhost", True)
    assert parse("a=b; Domain=localhost", host="api.localhost") is None


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_an_address_is_only_ever_itself(host: str) -> None:
    assert must_parse(f"a=b; Domain={host}", host=host).host_only
    assert parse("a=b; Domain=0.0.1", host="127.0.0.1") is None


@pytest.mark.parametrize(
    "asked, path",
    [("/", "/"), ("/a", "/"), ("/a/", "/a"), ("/a/b", "/a"), ("", "/"), ("*", "/")],
)
def test_the_default_path_is_the_directory(asked: str, path: str) -> None:
    assert default_path(asked) == path


@pytest.mark.parametrize("attribute", ["Path=", "Path=x", "Path"])
def test_a_path_that_is_not_absolute_is_as_none(attribute: str) -> None:
    assert must_parse(f"a=b; {attribute}", path="/one/two").path == "/one"


def test_of_repeated_attributes_the_last_counts() -> None:
    assert must_parse("a=b; Path=/x; Path=/y").path == "/y"


EPOCH_2030 = datetime(2030, 1, 2, 3, 4, 5, tzinfo=UTC).timestamp()


@pytest.mark.parametrize(
    "text",
    [
        "Wed, 02 Jan 2030 03:04:05 GMT",
        "Wednesday, 02-Jan-30 03:04:05 GMT",
        "Wed Jan  2 03:04:05 2030",
        "2 jan 2030 3:4:5",
        "Wed, 02 January 2030 03:04:05 +0300",
    ],
)
def test_dates_are_read_in_every_form_that_browsers_take(text: str) -> None:
    assert parse_cookie_date(text) == EPOCH_2030
    assert must_parse(f"a=b; Expires={text}").expires == EPOCH_2030


@pytest.mark.parametrize(
    "text",
    ["", "never", "02 Jan 2030", "03:04:05 2030", "32 Jan 2030 03:04:05", "31 Feb 2030 03:04:05",
     "02 Jan 1600 03:04:05", "02 Jan 2030 25:00:00", "02 Foo 2030 03:04:05"],
)  # fmt: skip
def test_an_impossible_date_makes_a_session_cookie(text: str) -> None:
    assert parse_cookie_date(text) is None
    assert must_parse(f"a=b; Expires={text}").expires is None


@pytest.mark.parametrize("year, full", [("70", 1970), ("99", 1999), ("00", 2000), ("69", 2069)])
def test_two_digit_years_have_their_century(year: str, full: int) -> None:
    expected = datetime(full, 1, 2, 3, 4, 5, tzinfo=UTC).timestamp()
    assert parse_cookie_date(f"02-Jan-{year} 03:04:05 GMT") == expected


def test_max_age_wins_over_expires() -> None:
    header = "a=b; Max-Age=10; Expires=Wed, 02 Jan 2030 03:04:05 GMT"
    assert must_parse(header).expires == NOW + 10


@pytest.mark.parametrize("age", ["0", "-1", "-999999999999999"])
def test_a_max_age_that_is_over_deletes(age: str) -> None:
    jar = CookieJar((must_parse("a=old"),))
    assert len(jar.updated([must_parse(f"a=; Max-Age={age}")], now=NOW)) == 0


@pytest.mark.parametrize("age", ["", "+5", "1.5", "soon", "５", "1 0"])
def test_a_max_age_that_is_no_number_is_ignored(age: str) -> None:
    header = f"a=b; Max-Age={age}; Expires=Wed, 02 Jan 2030 03:04:05 GMT"
    assert must_parse(header).expires == EPOCH_2030


def test_an_endless_max_age_is_no_trouble() -> None:
    expires = must_parse("a=b; Max-Age=" + "9" * 4_000).expires
    assert expires is not None
    assert expires > EPOCH_2030


@given(header=st.text(max_size=200), host=st.sampled_from([HOST, "localhost", "127.0.0.1"]))
def test_any_header_gives_a_cookie_for_the_host_or_none(header: str, host: str) -> None:
    cookie = parse(header, host=host)
    if cookie is not None:
        assert cookie.matches(host, cookie.path, secure=True)
        assert not set("\r\n\x00;") & set(cookie.name + cookie.value)
