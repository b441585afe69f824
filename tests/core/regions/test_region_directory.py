import subprocess
import sys

import pytest

from gateway.core.errors import UnknownRegion
from gateway.core.regions import load_directory

READS_NOTHING = """
import sys
opened = []
sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == "open" else None)
import gateway.core.regions as regions
before = sum(name.endswith("regions.json") for name in opened)
regions.load_directory()
regions.load_directory()
print(before, sum(name.endswith("regions.json") for name in opened))
"""


@pytest.mark.parametrize("code", ["77", 77, "RU-MOW", "ru-mow", " 77 ", "Ru-Mow"])
def test_a_region_answers_to_its_code_and_its_iso_code(code: str | int) -> None:
    assert load_directory().get(code).name.en == "Moscow"


def test_a_number_stands_for_two_digits() -> None:
    assert load_directory().get(1).code == "01"


@pytest.mark.parametrize("code, name", [("kz", "Kazakhstan"), ("UZ", "Uzbekistan")])
def test_a_country_answers_to_its_code(code: str, name: str) -> None:
    region = load_directory().get(code)
    assert region.name.en == name
    assert region.is_foreign


@pytest.mark.parametrize(
    "code", ["7", "1", "177", "80", "99", "UA-43", "RU", "", "Москва", 100, -1]
)
def test_an_unknown_code_is_refused_by_name(code: str | int) -> None:
    with pytest.raises(UnknownRegion) as caught:
        load_directory().get(code)
    assert caught.value.region == str(code)


def test_regions_come_in_the_order_of_their_codes() -> None:
    codes = [region.code for region in load_directory()]
    assert codes == sorted(codes)
    assert codes[0] == "01"


def test_nobody_is_served_by_a_platform_that_does_not_exist() -> None:
    assert load_directory().by_platform("abacus") == ()


def test_foreign_lands_have_platforms_too() -> None:
    assert [region.code for region in load_directory().by_platform("kundelik")] == ["kz"]
    assert "pmr" in [region.code for region in load_directory().by_platform("eljur")]


def test_platform_titles_cannot_be_changed_by_a_caller() -> None:
    with pytest.raises(TypeError):
        load_directory().platforms["one"] = "two"  # type: ignore[index]  # the point of the test


def test_importing_reads_no_data_and_loading_reads_it_once() -> None:
    done = subprocess.run(
        [sys.executable, "-c", READS_NOTHING], check=True, capture_output=True, text=True
    )
    assert done.stdout.split() == ["0", "1"]
