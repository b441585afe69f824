import pytest

from gateway_dnevnik_ru.emulator.app import segments_of
from gateway_dnevnik_ru.emulator.router import Dress, Router, WrongMethodError, split


def _handler(_: object) -> None:
    return None


@pytest.fixture
def router() -> Router:
    found = Router()
    for pattern in (
        "v2/users/{user}",
        "v2/users/{user}/context",
        "v2/marks/values",
        "v2/marks/{m}",
    ):
        found.add(pattern, _handler, dress=Dress.PARTNER)
    return found


@pytest.mark.parametrize(
    "path", ["/v2/Users/Me/Context", "/v2/users/Me/context/", "//v2//users/Me/CONTEXT"]
)
def test_letter_case_and_slashes_do_not_matter(router: Router, path: str) -> None:
    found = router.find("GET", split(path))
    assert found is not None
    assert found.params == {"user": "Me"}


def test_a_fixed_segment_wins_over_an_open_one(router: Router) -> None:
    fixed = router.find("GET", split("v2/marks/values"))
    assert fixed is not None
    assert fixed.params == {}


def test_an_unknown_path_is_none(router: Router) -> None:
    assert router.find("GET", split("v2/users")) is None


def test_a_wrong_method_is_told_apart(router: Router) -> None:
    with pytest.raises(WrongMethodError):
        router.find("POST", split("v2/marks/values"))


def test_a_path_cannot_be_registered_twice(router: Router) -> None:
    with pytest.raises(ValueError, match="already"):
        router.add("v2/users/{other}", _handler, dress=Dress.PARTNER)


@pytest.mark.parametrize(
    "path",
    [
        "/v2/marks/values",
        "/v2.0/marks/values",
        "/V2/marks/values",
        "/v1/marks/values",
        "/v2/https://api.dnevnik.ru/v2.0/marks/values",
        "/v2/https:/api.kundelik.kz/v2.0/marks/values",
    ],
)
def test_versions_and_the_doubled_address_lead_to_one_path(path: str) -> None:
    assert segments_of(path) == ["v2", "marks", "values"]
