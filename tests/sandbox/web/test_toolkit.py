from random import Random
from uuid import UUID

import pytest

from gateway.sandbox.web.draws import Draws
from gateway.sandbox.web.encoding import encode
from gateway.sandbox.web.files import first_file, multipart_pairs
from gateway.sandbox.web.hosts import named_host
from gateway.sandbox.web.memo import Memo
from gateway.sandbox.web.numbers import Numbers
from gateway.sandbox.web.router import Router, WrongMethodError, split
from gateway.sandbox.world import World


def test_a_fixed_segment_wins_over_an_open_one() -> None:
    router: Router[str] = Router()
    router.add("marks/{mark}", lambda: None, dress="one")
    router.add("marks/short", lambda: None, dress="short")
    router.add("marks/short/{day}/x", lambda: None, dress="deep", methods=("POST",))
    assert _dress(router, "/Marks/SHORT/") == "short"
    match = router.find("GET", split("marks/7"))
    assert match is not None
    assert (match.route.dress, match.params) == ("one", {"mark": "7"})
    assert router.find("GET", split("marks/7/8")) is None
    with pytest.raises(WrongMethodError):
        router.find("GET", split("marks/short/1/x"))
    with pytest.raises(ValueError, match="already there"):
        router.add("marks/short", lambda: None, dress="again")


def _dress(router: Router[str], path: str) -> str | None:
    match = router.find("GET", split(path))
    return None if match is None else match.route.dress


def test_a_memo_forgets_its_oldest_value() -> None:
    memo, made = Memo(limit=2), []

    def make(key: int) -> int:
        made.append(key)
        return key

    for key in (1, 2, 1, 3, 1):
        assert memo.once(key, lambda key=key: make(key)) == key  # type: ignore[misc]  # a loop's own value
    assert made == [1, 2, 3, 1]


def test_draws_follow_from_their_source() -> None:
    one, two = Draws(Random(1)), Draws(Random(1))
    assert one.letters(32) == two.letters(32)
    assert one.digits(6).isdigit()
    assert UUID(one.guid()).version == 4


def test_numbers_are_read_both_ways(world: World) -> None:
    numbers = Numbers(
        world,
        prefix="test",
        keys={"student": lambda it: (item.key for item in it.students)},
        digits={"student": 9},
        default_digits=12,
    )
    number = numbers.of("student", "student-1")
    assert len(str(number)) == 9
    assert len(str(numbers.of("mark", "x"))) == 12
    assert numbers.key("student", str(number)) == "student-1"
    assert numbers.key("student", number + 1) is None
    assert numbers.key("student", "x") is None


def test_the_first_file_of_a_form_is_found() -> None:
    body = (
        b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n'
        b'--x\r\nContent-Disposition: form-data; name="f"; filename="a.txt"\r\n'
        b"Content-Type: text/plain\r\n\r\nhello\r\n--x--\r\n"
    )
    kind = "multipart/form-data; boundary=x"
    assert first_file(kind, body) == ("a.txt", "text/plain", b"hello")
    assert first_file(kind, b"--x--\r\n") is None
    assert first_file("application/json", b"{}") is None


@pytest.mark.parametrize(
    ("header", "host"),
    [
        ("School.mos.ru:443", "school.mos.ru"),
        ("школа.рф.", "xn--80atdl2c.xn--p1ai"),
        (None, ""),
        ("a..b", "a..b"),
    ],
)
def test_hosts_are_spelled_as_in_addresses(header: str | None, host: str) -> None:
    assert named_host(header) == host


def test_keys_stay_in_the_order_given() -> None:
    assert encode({"b": 1, "a": None, "й": "x"}) == '{"b":1,"a":null,"й":"x"}'.encode()


def test_fields_of_a_multipart_body_are_told_apart_from_its_files() -> None:
    kind = "multipart/form-data; boundary=x"
    body = (
        b'--x\r\nContent-Disposition: form-data; name="code"\r\n\r\n'
        + "ключ".encode()
        + b'\r\n--x\r\nContent-Disposition: form-data; name="f"; filename="a.txt"\r\n\r\nA'
        + b"\r\n--x--\r\n"
    )
    assert multipart_pairs(kind, body) == [("code", "ключ")]
    assert multipart_pairs("application/x-www-form-urlencoded", b"a=b") == []
    assert multipart_pairs("multipart/form-data", b"nothing") == []
