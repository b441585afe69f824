"""The jar of an account."""

import pytest

from gateway.core.wire.jar import MOST_PER_DOMAIN, Cookie, CookieJar

NOW = 1_000.0


def test_a_changed_jar_is_a_new_one() -> None:
    jar = CookieJar((Cookie("a", "1", "x.example"),))
    changed = jar.updated([Cookie("a", "2", "x.example"), Cookie("b", "3", "x.example")], now=NOW)
    assert [cookie.value for cookie in jar] == ["1"]
    assert [cookie.value for cookie in changed] == ["2", "3"]


def test_cookies_of_one_name_live_side_by_side_where_domain_or_path_differ() -> None:
    cookies = (
        Cookie("a", "1", "x.example"),
        Cookie("a", "2", "x.example", path="/deep"),
        Cookie("a", "3", "y.example"),
    )
    jar = CookieJar().updated(cookies, now=NOW)
    assert len(jar) == 3
    assert jar.header("x.example", "/deep/er", secure=True, now=NOW) == "a=2; a=1"
    assert jar.header("y.example", "/", secure=True, now=NOW) == "a=3"
    assert jar.header("z.example", "/", secure=True, now=NOW) is None


@pytest.mark.parametrize("expires, lives", [(None, True), (NOW + 1, True), (NOW, False)])
def test_a_cookie_lives_until_it_expires(expires: float | None, lives: bool) -> None:
    cookie = Cookie("a", "1", "x.example", expires=expires)
    assert len(CookieJar().updated([cookie], now=NOW)) == lives
    header = CookieJar((cookie,)).header("x.example", "/", secure=True, now=NOW)
    assert header == ("a=1" if lives else None)


def test_a_jar_does_not_grow_without_end() -> None:
    jar = CookieJar((Cookie("own", "1", "other.example"),))
    for number in range(3 * MOST_PER_DOMAIN):
        jar = jar.updated([Cookie(f"track-{number}", "1", "x.example")], now=NOW)
    names = {cookie.name for cookie in jar}
    assert len(jar) == MOST_PER_DOMAIN + 1
    assert "own" in names
    assert f"track-{3 * MOST_PER_DOMAIN - 1}" in names
    assert "track-0" not in names


def test_answers_side_by_side_do_not_take_each_others_cookies_away() -> None:
    before = CookieJar((Cookie("old", "1", "x.example"), Cookie("gone", "1", "x.example")))
    first = [Cookie("a", "1", "x.example")]
    second = [Cookie("b", "2", "x.example"), Cookie("gone", "", "x.example", expires=0)]
    jar = before
    for received in (first, second):  # both were asked with the jar of before
        after = before.updated(received, now=NOW)
        jar = jar.with_changes_of(after, received)
    assert {cookie.name: cookie.value for cookie in jar} == {"old": "1", "a": "1", "b": "2"}


def test_an_answer_without_cookies_leaves_the_jar_as_it_is() -> None:
    jar = CookieJar((Cookie("new", "1", "x.example"),))
    assert jar.with_changes_of(CookieJar(), []) is jar
