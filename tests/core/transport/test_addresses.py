import ipaddress
import json
import string
from dataclasses import FrozenInstanceError
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gateway.core.errors import ForbiddenAddress
from gateway.core.transport.addresses import Origin, Target, check_url, is_global_address

HOSTILE: list[dict[str, str]] = json.loads(
    Path(__file__).with_name("hostile_urls.json").read_text("utf-8")
)
DECLARED = Origin.parse("https://api.example.ru")
INTERNATIONAL = Origin.parse("https://дневник.example.рф:444")
SANDBOX = Origin.parse("http://127.0.0.1:8001")
SANDBOX_6 = Origin.parse("http://[::1]:8001")
ALLOWED = frozenset(
    {DECLARED, INTERNATIONAL, SANDBOX, SANDBOX_6, Origin.parse("https://api.kundi.example")}
)


def test_there_are_enough_hostile_addresses() -> None:
    assert len({case["url"] for case in HOSTILE}) == len(HOSTILE) >= 120


@pytest.mark.parametrize("url", [case["url"] for case in HOSTILE], ids=ascii)
def test_every_hostile_address_is_refused(url: str) -> None:
    with pytest.raises(ForbiddenAddress) as refused:
        check_url(url, allowed=ALLOWED)
    assert refused.value.reason
    assert refused.value.host.isprintable()
    assert refused.value.host.isascii()


GOOD = {
    "https://api.example.ru": "https://api.example.ru/",
    "https://api.example.ru/": "https://api.example.ru/",
    "https://api.example.ru:443/v2/users/me": "https://api.example.ru/v2/users/me",
    "HTTPS://API.Example.RU/Path?Q=1": "https://api.example.ru/Path?Q=1",
    "https://api.example.ru?x=1": "https://api.example.ru/?x=1",
    "https://api.example.ru/?": "https://api.example.ru/?",
    "https://api.example.ru/#access_token=abc": "https://api.example.ru/",
    "https://api.example.ru#x": "https://api.example.ru/",
    "https://api.example.ru/a//b/../c": "https://api.example.ru/a//b/../c",
    "https://api.example.ru/@user:x": "https://api.example.ru/@user:x",
    "https://api.example.ru/?next=https://evil.example/": (
        "https://api.example.ru/?next=https://evil.example/"
    ),
    "https://api.example.ru/?p_educations[]=1": "https://api.example.ru/?p_educations[]=1",
    "https://api.example.ru/%D0%B4?a=%26": "https://api.example.ru/%D0%B4?a=%26",
    "https://api.example.ru/д/a b?q=«x»|{y}": (
        "https://api.example.ru/%D0%B4/a%20b?q=%C2%ABx%C2%BB%7C%7By%7D"
    ),
    "https://дневник.example.рф:444/": "https://xn--b1addnkoc.example.xn--p1ai:444/",
    "https://ДНЕВНИК.Example.РФ:444/": "https://xn--b1addnkoc.example.xn--p1ai:444/",
    "https://xn--b1addnkoc.example.xn--p1ai:444/": "https://xn--b1addnkoc.example.xn--p1ai:444/",
    "http://127.0.0.1:8001/v2": "http://127.0.0.1:8001/v2",
    "http://[::1]:8001/v2": "http://[::1]:8001/v2",
    "http://[0:0:0:0:0:0:0:1]:8001/": "http://[::1]:8001/",
}


@pytest.mark.parametrize("url, checked", GOOD.items())
def test_declared_addresses_pass_in_one_spelling(url: str, checked: str) -> None:
    target = check_url(url, allowed=ALLOWED)
    assert target.origin in ALLOWED
    assert target.url == str(target) == checked
    assert check_url(target.url, allowed=ALLOWED) == target


def test_the_parts_of_a_target_are_ready_for_the_wire() -> None:
    target = check_url("https://api.example.ru?x=1#y", allowed=[DECLARED])
    assert target == Target(Origin("https", "api.example.ru", 443), "/?x=1")


def test_nothing_is_allowed_by_an_empty_collection() -> None:
    with pytest.raises(ForbiddenAddress):
        check_url("https://api.example.ru/", allowed=[])


def test_plain_http_passes_only_where_it_is_declared() -> None:
    plain = Origin.parse("http://api.example.ru")
    assert check_url("http://api.example.ru/", allowed=[plain]).origin == plain
    with pytest.raises(ForbiddenAddress):
        check_url("https://api.example.ru/", allowed=[plain])


def test_a_refusal_never_repeats_credentials() -> None:
    with pytest.raises(ForbiddenAddress) as refused:
        check_url("https://ivan:hunter2@api.example.ru/?token=abc", allowed=ALLOWED)
    assert refused.value.host == "api.example.ru"
    assert refused.value.reason == "userinfo"
    assert "hunter2" not in f"{refused.value!r}{refused.value.context}"


def test_an_endless_address_is_refused() -> None:
    long = "https://api.example.ru/" + "a" * 16_000
    assert check_url(long, allowed=ALLOWED).url == long
    with pytest.raises(ForbiddenAddress, match="too long"):
        check_url("https://api.example.ru/" + "a" * 17_000, allowed=ALLOWED)


def test_a_schools_sub_domain_may_have_an_underscore() -> None:
    assert str(Origin.parse("https://school_46.example.ru")) == "https://school_46.example.ru"


LONGEST_HOST = ".".join(["a" * 49] * 5 + ["abc"])
REASONS = {
    "too long": ["https://a.example/" + "a" * 16_367],
    "backslash, control or invisible character": ["https://a.example/\\", "https://a\0.example"],
    "not an absolute address": ["a.example", "//a.example/", "https:/a.example/", ""],
    "userinfo": ["https://a@b.example", "https://@b.example"],
    "scheme other than http and https": ["ftp://a.example", "wss://a.example"],
    "malformed host or port": ["https://[::1", "https://a.example:", "https://a.example:4a"],
    "malformed port": [f"https://a.example:{port}" for port in (0, 65_536, 100_000, "0443")],
    "malformed host": [
        *("https://", "https://a..example", "https://-a.example", "https://a.exa_mple"),
        *("https://a.example.", "https://%61.example", f"https://{'a' * 64}.example"),
        f"https://{LONGEST_HOST}d",
    ],
    "odd numeric host": ["http://127.1", "http://2130706433", "http://0x7f.1", "http://127.0.0.01"],
    "malformed IPv6 address": ["http://[]", "http://[::g]", "http://[1::2::3]"],
    "IPv6 zone or embedded IPv4 address": [
        *("http://[fe80::1%1]", "http://[::127.0.0.1]", "http://[64:ff9b::127.0.0.1]"),
        "http://[::ffff:7f00:1]",
    ],
    "malformed international host": ["https://api．example.ru", "https://api.\u212aundi.example"],
}


@pytest.mark.parametrize(
    "reason, url", [(reason, url) for reason, urls in REASONS.items() for url in urls], ids=ascii
)
def test_nothing_odd_is_an_origin_whatever_is_declared(reason: str, url: str) -> None:
    with pytest.raises(ForbiddenAddress) as refused:
        Origin.parse(url)
    assert refused.value.reason == reason


def test_what_is_odd_by_one_passes_without_it() -> None:
    longest = "https://api.example.ru/" + "a" * (16_384 - 23)
    assert check_url(longest, allowed=ALLOWED).url == longest
    assert Origin.parse(f"https://{LONGEST_HOST}:65535") == Origin("https", LONGEST_HOST, 65_535)
    assert Origin.parse(f"https://{'a' * 63}.example").host == "a" * 63 + ".example"


def test_a_refusal_names_the_reason_and_a_host_that_can_be_shown() -> None:
    with pytest.raises(ForbiddenAddress) as refused:
        check_url("https://evil.example/", allowed=ALLOWED)
    assert (refused.value.host, refused.value.reason) == ("evil.example", "not a declared origin")
    with pytest.raises(ForbiddenAddress) as refused:
        check_url("https://a．b/", allowed=ALLOWED)
    assert refused.value.host == "a?b"
    with pytest.raises(ForbiddenAddress) as refused:
        check_url(f"https://{'_' * 300}/", allowed=ALLOWED)
    assert refused.value.host == "_" * 253


@pytest.mark.parametrize(
    "url, text",
    [
        ("https://API.example.ru:443/v2?x#y", "https://api.example.ru"),
        ("http://localhost:8001", "http://localhost:8001"),
        ("http://localhost:80", "http://localhost"),
        ("https://example.ru:80", "https://example.ru:80"),
        ("http://[2001:DB8::0001]:80/", "http://[2001:db8::1]"),
    ],
)
def test_an_origin_is_read_and_written_in_one_spelling(url: str, text: str) -> None:
    origin = Origin.parse(url)
    assert str(origin) == text
    assert Origin.parse(str(origin)) == origin
    assert hash(Origin.parse(text)) == hash(origin)


@pytest.mark.parametrize("url", ["api.example.ru", "ftp://x.example/", "https://a@x.example/", ""])
def test_an_origin_is_not_made_of_anything_odd(url: str) -> None:
    with pytest.raises(ForbiddenAddress):
        Origin.parse(url)


def test_an_origin_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        DECLARED.host = "evil.example"  # type: ignore[misc]  # the very thing that must fail


LABELS = st.text(string.ascii_lowercase, min_size=1, max_size=8)
HOSTS = st.lists(LABELS, min_size=2, max_size=4).map(".".join)


@given(st.sampled_from(["http", "https"]), HOSTS, st.integers(1, 65535))
@settings(deadline=None)
def test_every_origin_survives_its_own_spelling(scheme: str, host: str, port: int) -> None:
    origin = Origin(scheme, host, port)
    assert Origin.parse(str(origin)) == origin
    assert check_url(str(origin), allowed=[origin]).origin == origin


@given(HOSTS, HOSTS, st.integers(1, 65535), st.integers(1, 65535))
@settings(deadline=None)
def test_no_other_origin_passes(host: str, other: str, port: int, other_port: int) -> None:
    assume((host, port) != (other, other_port))
    with pytest.raises(ForbiddenAddress):
        check_url(f"https://{other}:{other_port}/", allowed=[Origin("https", host, port)])


PIECES = st.sampled_from(
    [
        *(
            "https",
            "http",
            ":",
            "//",
            "/",
            "\\",
            "@",
            "?",
            "#",
            ".",
            "api",
            "example",
            "ru",
            ":443",
        ),
        *(
            "api.example.ru",
            "127.0.0.1",
            ":8001",
            "[::1]",
            "evil",
            "%2e",
            "%40",
            "0x7f",
            "。",
            "．",
        ),
        *(" ", "\t", "\0", "\u200b", "а", "Ａ", "\u212a", "xn--", "-", "_", "[", "]", "1", "é"),
    ]
)


@given(st.lists(PIECES, max_size=12).map("".join) | st.text())
@settings(deadline=None, max_examples=500)
def test_what_passes_means_the_same_to_another_parser(rest: str) -> None:
    for url in (
        rest,
        f"https://{rest}",
        f"https://api.example.ru{rest}",
        f"http://127.0.0.1{rest}",
    ):
        try:
            target = check_url(url, allowed=ALLOWED)
        except ForbiddenAddress:
            continue
        parts = urlsplit(target.url)
        assert target.url.isascii()
        assert target.url.isprintable()
        assert Origin(parts.scheme, parts.hostname or "", target.origin.port) in ALLOWED
        assert parts.username is None
        assert not parts.fragment
        assert check_url(target.url, allowed=ALLOWED) == target


@pytest.mark.parametrize(
    "ip",
    [
        *("8.8.8.8", "1.1.1.1", "77.88.8.8", "100.63.255.255", "100.128.0.0", "172.15.0.1"),
        *("172.32.0.1", "192.0.1.1", "198.17.255.255", "198.20.0.0", "223.255.255.255", "11.0.0.1"),
        *("2a02:6b8::1", "2606:4700:4700::1111", "2001:4860:4860::8888", "2003::1"),
    ],
)
def test_public_addresses_are_global(ip: str) -> None:
    assert is_global_address(ip)


@pytest.mark.parametrize(
    "ip",
    [
        *("0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.0", "100.100.100.200"),
        *("100.127.255.255", "127.0.0.1", "127.255.255.254", "169.254.169.254", "169.254.0.1"),
        *("172.16.0.1", "172.31.255.255", "192.0.0.192", "192.0.2.1", "192.88.99.1"),
        *("192.168.0.1", "198.18.0.1", "198.19.255.255", "198.51.100.1", "203.0.113.1"),
        *("224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255", "168.63.129.16"),
        *("::", "::1", "fe80::1", "fe80::1%eth0", "fec0::1", "fc00::1", "fd00:ec2::254", "ff02::1"),
        *("::ffff:8.8.8.8", "::ffff:127.0.0.1", "::ffff:808:808", "::8.8.8.8", "::ffff:0:808:808"),
        *(
            "64:ff9b::808:808",
            "64:ff9b::7f00:1",
            "64:ff9b:1::1",
            "2002:808:808::1",
            "2002:7f00:1::",
        ),
        *("2001::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:2::1", "2001:10::1"),
        *("2001:20::1", "2001:db8::1", "3fff::1", "3fff:fff::1", "100::1", "5f00::1", "4000::1"),
        *("2a02:6b8::1%1", "", "localhost", "8.8.8", "08.8.8.8", "0x8.8.8.8", "134744072"),
        *("8.8.8.8/32", " 8.8.8.8", "8.8.8.8 ", "[2a02:6b8::1]", "８.8.8.8", "8.8.8.8:80", "::g"),
    ],
)
def test_every_other_address_is_not(ip: str) -> None:
    assert not is_global_address(ip)


@given(st.ip_addresses(v=4))
@settings(deadline=None)
def test_an_ipv4_address_is_never_reached_through_ipv6(ip: ipaddress.IPv4Address) -> None:
    number = int(ip)
    for prefix, shift in (("::ffff:0:0", 0), ("64:ff9b::", 0), ("::", 0), ("2002::", 80)):
        embedded = ipaddress.IPv6Address(int(ipaddress.IPv6Address(prefix)) | number << shift)
        assert not is_global_address(str(embedded))


@given(st.ip_addresses())
@settings(deadline=None)
def test_nothing_passes_that_the_interpreter_calls_special(
    ip: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> None:
    special = ip.is_private or ip.is_loopback or ip.is_link_local or ip.is_multicast
    if special or ip.is_unspecified or ip.is_reserved:
        assert not is_global_address(str(ip))


@given(st.text())
def test_text_that_is_no_address_is_not_global(text: str) -> None:
    assume(text.strip("0123456789abcdefABCDEF:."))
    assert not is_global_address(text)
