import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.core.regions import load_directory


def found(text: str) -> list[str]:
    return [region.code for region in load_directory().find(text)]


@pytest.mark.parametrize(
    "text, code",
    [
        ("Чувашия", "21"),
        ("чувашской республике", "21"),
        ("Tatarstan", "16"),
        ("tatarstan republic", "16"),
        ("Татарстане", "16"),
        ("Кузбасс", "42"),
        ("кемеровская область", "42"),
        ("СПб", "78"),
        ("Питер", "78"),
        ("петербург", "78"),
        ("St. Petersburg", "78"),
        ("Ленинградская область", "47"),
        ("Московская область", "50"),
        ("Москва область", "50"),
        ("Подмосковье", "50"),
        ("Moscow Oblast", "50"),
        ("королев", "50"),
        ("орел", "57"),
        ("ОРЁЛ", "57"),
        ("Орловская обл.", "57"),
        ("Новгород Великий", "53"),
        ("Нижний Новгород", "52"),
        ("Алтайский край", "22"),
        ("Республика Алтай", "04"),
        ("ХМАО", "86"),
        ("Ямало-Ненецкий АО", "89"),
        ("Якутия", "14"),
        ("Северная Осетия", "15"),
        ("Екатеринбурк", "66"),
        ("Yakutiya", "14"),
        ("Казахстан", "kz"),
        ("Тирасполь", "pmr"),
    ],
)
def test_a_person_finds_the_region_they_mean_first(text: str, code: str) -> None:
    assert found(text)[0] == code


@pytest.mark.parametrize("text", ["Москва", "москва", "г. Москва", "моск", "Moscow", "Muscow"])
def test_the_city_comes_before_the_oblast_around_it(text: str) -> None:
    assert found(text) == ["77", "50"]


@pytest.mark.parametrize("text, codes", [("Московская область", ["50"]), ("томская", ["70"])])
def test_regions_that_only_sound_alike_are_left_out(text: str, codes: list[str]) -> None:
    assert found(text) == codes


def test_namesakes_are_all_offered() -> None:
    assert found("Алтай") == ["04", "22"]
    assert set(found("Новгород")) == {"52", "53"}
    assert set(found("ненецкий")) == {"83", "89"}


def test_a_kind_of_region_alone_lists_all_of_the_kind() -> None:
    assert found("край") == ["22", "23", "24", "25", "26", "27", "41", "59", "75"]
    assert found("krai") == found("край")


@pytest.mark.parametrize("text", ["77", "ru-mow", " RU-MOW "])
def test_a_code_finds_exactly_its_region(text: str) -> None:
    assert found(text) == ["77"]


@pytest.mark.parametrize("text", ["", "   ", "—", "xyzzy", "в", "177"])
def test_what_resembles_nothing_finds_nothing(text: str) -> None:
    assert found(text) == []


def test_every_region_is_found_first_by_its_own_names() -> None:
    for region in load_directory():
        assert found(region.name.ru)[0] == region.code
        assert found(region.name.en)[0] == region.code


def test_every_region_is_found_by_each_of_its_other_names() -> None:
    for region in load_directory():
        missed = [alias for alias in region.aliases if region.code not in found(alias)]
        assert not missed, region.code


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_text_at_all_is_answered_with_distinct_regions(text: str) -> None:
    codes = found(text)
    assert len(set(codes)) == len(codes)
    assert set(codes) <= {region.code for region in load_directory()}


def test_an_endless_text_costs_no_more_than_its_beginning() -> None:
    assert found("Москва " + " " * 100 + "xyzzy" * 100_000) == ["77", "50"]
