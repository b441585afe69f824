"""Host roles, declared and mapped."""

import pytest

from gateway.core.errors import ConfigurationError
from gateway.core.transport.addresses import Origin
from gateway.core.transport.origins import OriginMap

DECLARED = {
    "api": "https://api.diary.example/v2",
    "login": "https://login.diary.example",
    "files": "https://api.diary.example/files/",
}
SANDBOX = Origin("http", "127.0.0.1", 8000)


def test_declared_roles_stand_where_they_are_declared() -> None:
    origins = OriginMap(DECLARED)
    assert origins.base("api").origin == Origin("https", "api.diary.example", 443)
    assert origins.base("api").prefix == "/v2"
    assert origins.base("login").prefix == ""
    assert {origin.host for origin in origins.allowed} == {
        "api.diary.example",
        "login.diary.example",
    }
    assert origins.mapped == {}


def test_a_base_url_maps_every_role_and_nothing_else_is_allowed() -> None:
    origins = OriginMap(DECLARED, base_url="http://127.0.0.1:8000/sandbox/")
    assert origins.allowed == {SANDBOX}
    assert origins.base("api").prefix == "/sandbox/v2"
    assert origins.base("login").prefix == "/sandbox"
    assert origins.mapped == {
        "api": "http://127.0.0.1:8000/sandbox/v2",
        "login": "http://127.0.0.1:8000/sandbox",
        "files": "http://127.0.0.1:8000/sandbox/files",
    }


def test_a_single_role_is_mapped_whole_and_wins_over_the_base_url() -> None:
    origins = OriginMap(
        DECLARED, base_url="http://127.0.0.1:8000", hosts={"api": "http://127.0.0.1:9000/x"}
    )
    assert origins.base("api").origin.port == 9000
    assert origins.base("api").prefix == "/x"
    assert origins.base("login").origin == SANDBOX


def test_what_was_mapped_can_be_mapped_again_from_a_session() -> None:
    first = OriginMap(DECLARED, base_url="http://127.0.0.1:8000/sandbox")
    again = OriginMap(DECLARED, hosts=first.mapped)
    assert again.mapped == first.mapped
    assert [again.base(role) for role in DECLARED] == [first.base(role) for role in DECLARED]


@pytest.mark.parametrize(
    "path, role, rest",
    [
        ("/v2/marks", "api", "/marks"),
        ("/v2", "api", "/"),
        ("/files/1", "files", "/1"),
        ("/v20/marks", None, None),
        ("/", None, None),
    ],
)
def test_an_address_is_located_by_origin_and_prefix(
    path: str, role: str | None, rest: str | None
) -> None:
    found = OriginMap(DECLARED).locate(Origin("https", "api.diary.example", 443), path)
    assert found == (None if role is None else (role, rest))


def test_where_roles_share_an_origin_the_longest_prefix_wins() -> None:
    origins = OriginMap(DECLARED, base_url="http://127.0.0.1:8000")
    assert origins.locate(SANDBOX, "/v2/marks") == ("api", "/marks")
    assert origins.locate(SANDBOX, "/oauth2") == ("login", "/oauth2")
    assert origins.locate(Origin("https", "login.diary.example", 443), "/oauth2") is None


def test_a_declared_host_must_be_https_unless_it_is_mapped() -> None:
    with pytest.raises(ConfigurationError, match="not https"):
        OriginMap({"api": "http://api.diary.example"})


@pytest.mark.parametrize(
    "url",
    ["", "api.diary.example", "ftp://x.example", "https://u:p@x.example", "https://x.example?y=1",
     "https://x.example/#y", "https://0x7f.1", "https://x.example:99999", "https://[::1"],
)  # fmt: skip
def test_a_base_url_must_be_one(url: str) -> None:
    with pytest.raises(ConfigurationError):
        OriginMap({"api": url})
    with pytest.raises(ConfigurationError):
        OriginMap(DECLARED, base_url=url or "x")


def test_a_role_must_be_declared() -> None:
    with pytest.raises(ConfigurationError, match="chat"):
        OriginMap(DECLARED, hosts={"chat": "https://chat.diary.example"})
    with pytest.raises(ConfigurationError, match="chat"):
        OriginMap(DECLARED).base("chat")
