"""Addresses read by what an instance's hosts serve."""

from types import SimpleNamespace
from typing import Any

import pytest

from gateway.core.contract.addresses import base_of, fields_of, first_of, place_among

HOSTS = {"door": "https://door.example", "data": "https://data.example/v1/"}
ROLES = ("pages", "door", "data")
"""What a provider lists may name roles that only other instances have."""


def link(base_url: str | None = None, **hosts: str) -> Any:
    return SimpleNamespace(
        instance=SimpleNamespace(hosts=HOSTS),
        settings=SimpleNamespace(base_url=base_url, hosts=hosts),
    )


def test_a_role_is_where_the_operator_put_it() -> None:
    assert base_of(link(), "data") == "https://data.example/v1"
    assert base_of(link("http://[::1]:8801/"), "data") == "http://[::1]:8801/v1"
    assert base_of(link(data="https://own.example/"), "data") == "https://own.example"


def test_an_address_becomes_role_path_and_parameters() -> None:
    place = place_among(link(), "https://Data.example:443/v1/a%20b?x=1&x=2&y=#part", ROLES)
    assert place is not None
    assert (place.role, place.path) == ("data", "/a%20b")
    assert place.params == {"x": ["1", "2"], "y": [""]}


def test_the_first_role_of_an_origin_is_taken() -> None:
    here = link("http://127.0.0.1:8801")
    for roles in (("door", "data"), ("data", "door")):
        place = place_among(here, "http://127.0.0.1:8801/v1/a", roles)
        assert place is not None
        assert place.role == roles[0]


@pytest.mark.parametrize(
    "url",
    [
        "https://door.example.evil/",
        "https://door.example@evil.example/",
        "http://door.example/",
        "https://door.example:8443/",
        "https://data.example/v10/a",
        "https://door.example:port/",
        "https://[broken/",
        "/a",
        "",
    ],
)
def test_foreign_and_malformed_addresses_are_nobodys(url: str) -> None:
    assert place_among(link(), url, ROLES) is None


def test_fields_are_read_up_to_a_bound() -> None:
    assert first_of(fields_of("a=&a=1&b="), "a") == "1"
    assert first_of(fields_of("a=&a=1&b="), "b") is None
    assert fields_of("&".join("a=1" for _ in range(51))) == {}
