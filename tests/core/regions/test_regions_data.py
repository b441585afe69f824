"""The packaged facts against the tables they were written from."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from gateway.core.regions import Evidence, Gosuslugi, Host, Region, SignIn, load_directory

SUBJECTS = [f"{number:02d}" for number in (*range(1, 80), 83, 86, 87, *range(89, 96))]

BY_PLATFORM = {
    "my_school": "04 07 18 21 23 30 32 36 39 44 46 61 66 67 74 76 79 83 93 94",
    "netschool": "03 06 09 11 12 13 14 22 25 28 34 41 47 62 63 65 70 71 73 75",
    "dnevnik_ru": "01 08 15 17 20 27 29 37 38 53 55 64 68",
    "mesh_node": "02 05 10 16 35 40 50 51 69 72 89",
    "one": "26 43 56 57 60 87 90 95",
    "eljur": "45 48 52 54 86 91",
    "bars": "19 33 49",
    "mesh_moscow": "77",
    "epos": "59",
    "petersburg": "78",
    "ruobr": "42",
    "kiasuo": "24",
    "virtual_school": "31",
    "it_school": "58",
    "none": "92",
}

OFFSETS = {
    2: "39",
    3: "01 05 06 07 08 09 10 11 12 13 15 16 20 21 23 26 29 31 32 33 34 35 36 37 40 43 44 46 47 48 "
    "50 51 52 53 57 58 60 61 62 67 68 69 71 76 77 78 83 90 91 92 93 94 95",
    4: "18 30 63 64 73",
    5: "02 45 56 59 66 72 74 86 89",
    6: "55",
    7: "04 17 19 22 24 42 54 70",
    8: "03 38",
    9: "14 28 75",
    10: "25 27 79",
    11: "49 65",
    12: "41 87",
}

FRONT_END = "11 16 28 31 33 34 35 37 38 40 41 42 43 45 47 48 49 52 53 54 55 58 60 73 75 86 87 89"


def russian() -> list[Region]:
    return [region for region in load_directory() if not region.is_foreign]


def codes(regions: list[Region]) -> str:
    return " ".join(region.code for region in regions)


def every_host() -> list[tuple[str, Host]]:
    return [
        (region.code, host)
        for region in load_directory()
        for hosts in (region.hosts, *(use.hosts for use in (*region.before, *region.also)))
        for host in hosts
    ]


def test_the_89_subjects_are_listed_once_and_foreign_lands_after_them() -> None:
    directory = load_directory()
    assert [region.code for region in russian()] == SUBJECTS
    assert len(SUBJECTS) == 89
    assert len(directory) == 89 + 3
    assert [region.code for region in directory][-3:] == ["kz", "pmr", "uz"]


@pytest.mark.parametrize("platform, expected", BY_PLATFORM.items())
def test_each_platform_keeps_the_diaries_of_its_regions(platform: str, expected: str) -> None:
    found = [region for region in load_directory().by_platform(platform) if not region.is_foreign]
    assert codes(found) == expected


def test_the_platform_table_covers_every_subject() -> None:
    listed = " ".join(BY_PLATFORM.values()).split()
    assert sorted(listed) == SUBJECTS


@pytest.mark.parametrize("hours, expected", OFFSETS.items())
def test_the_capitals_clock_shows_the_tables_offset(hours: int, expected: str) -> None:
    for moment in (datetime(2026, 1, 15, tzinfo=UTC), datetime(2026, 7, 15, tzinfo=UTC)):
        found = [
            region
            for region in russian()
            if moment.astimezone(ZoneInfo(region.zone)).utcoffset() == timedelta(hours=hours)
        ]
        assert codes(found) == expected


def test_every_zone_is_known_to_tzdata_and_the_capitals_zone_comes_first() -> None:
    for region in load_directory():
        assert region.zone == region.zones[0]
        assert len(set(region.zones)) == len(region.zones)
        assert [ZoneInfo(zone).key for zone in region.zones] == list(region.zones)


def test_yakutia_and_sakhalin_span_several_zones() -> None:
    directory = load_directory()
    assert directory.get("14").zone == "Asia/Yakutsk"
    assert set(directory.get("14").zones) == {
        "Asia/Yakutsk",
        "Asia/Khandyga",
        "Asia/Vladivostok",
        "Asia/Ust-Nera",
        "Asia/Srednekolymsk",
    }
    assert directory.get("65").zones == ("Asia/Sakhalin", "Asia/Srednekolymsk")


def test_iso_codes_are_well_formed_and_unique() -> None:
    isos = [region.iso for region in load_directory() if region.iso is not None]
    assert len(set(isos)) == len(isos)
    assert all(re.fullmatch(r"RU-[A-Z]{2,3}|[A-Z]{2}", iso) for iso in isos)
    without = [region for region in russian() if region.iso is None]
    assert codes(without) == "90 91 92 93 94 95"
    two_letters = [region for region in russian() if region.iso and len(region.iso) == 5]
    assert len(two_letters) == 21
    assert all("Республика" in region.name.ru for region in two_letters)


@pytest.mark.parametrize(
    "code, iso",
    [("01", "RU-AD"), ("08", "RU-KL"), ("09", "RU-KC"), ("10", "RU-KR"), ("19", "RU-KK"),
     ("22", "RU-ALT"), ("34", "RU-VGG"), ("35", "RU-VLG"), ("41", "RU-KAM"), ("45", "RU-KGN"),
     ("50", "RU-MOS"), ("65", "RU-SAK"), ("75", "RU-ZAB"), ("77", "RU-MOW"), ("78", "RU-SPE"),
     ("79", "RU-YEV"), ("87", "RU-CHU"), ("kz", "KZ")],
)  # fmt: skip
def test_iso_codes_that_are_easily_confused_are_right(code: str, iso: str) -> None:
    assert load_directory().get(code).iso == iso


def test_every_platform_named_anywhere_has_a_title_in_both_languages() -> None:
    directory = load_directory()
    named = {key for region in directory for _, key in region.platforms_named()}
    assert named == set(directory.platforms)
    assert all(title.ru and title.en for title in directory.platforms.values())


def test_names_are_unique_and_in_both_languages() -> None:
    for language in ("ru", "en"):
        names = [region.name.in_language(language) for region in load_directory()]
        assert len(set(names)) == len(names)
    assert all(re.search("[А-Яа-я]", region.name.ru) for region in load_directory())
    assert not any(re.search("[А-Яа-я]", region.name.en) for region in load_directory())


def test_hosts_are_ascii_urls_without_repeats_within_a_region() -> None:
    hosts = every_host()
    assert all(re.fullmatch(r"https?://[a-z0-9.:-]+(/[a-z0-9/]+)?", host.url) for _, host in hosts)
    assert len({(code, host.url) for code, host in hosts}) == len(hosts)


def test_only_the_known_hosts_go_without_tls() -> None:
    plain = {host.netloc for _, host in every_host() if host.url.startswith("http://")}
    assert plain == {"sgo.volganet.ru", "net-school.cap.ru"}


def test_a_cyrillic_host_is_kept_in_punycode_and_shown_in_cyrillic() -> None:
    (host,) = load_directory().get("33").hosts
    assert host.netloc == "xn--80atdl2c.xn--33-6kcadhwnl3cfdx.xn--p1ai"
    assert host.shown == "школа.образование33.рф"


def test_ports_paths_and_evidence_of_hosts_are_kept() -> None:
    directory = load_directory()
    (sakhalin,) = directory.get("65").hosts
    assert sakhalin.netloc == sakhalin.shown == "netcity.admsakhalin.ru:11111"
    assert sakhalin.evidence is Evidence.TWO_CLIENTS
    (adygea,) = directory.get("01").hosts
    assert adygea.shown == "login.dnevnik.ru/login/esia/adygea"
    assert adygea.evidence is Evidence.SURVEY
    assert directory.get("71").hosts[0].evidence is Evidence.ONE_CLIENT


def test_a_diary_has_a_host_and_a_way_in_and_paper_has_neither() -> None:
    for region in load_directory():
        assert bool(region.hosts) is region.has_diary
        assert (region.sign_in is not SignIn.NONE) is region.has_diary
    assert not load_directory().get("92").has_diary


def test_the_federal_front_end_is_told_for_each_region() -> None:
    by_answer = {
        answer: codes([region for region in russian() if region.gosuslugi is answer])
        for answer in Gosuslugi
    }
    assert by_answer[Gosuslugi.DIARY] == BY_PLATFORM["my_school"]
    assert by_answer[Gosuslugi.FRONT_END] == FRONT_END
    assert by_answer[Gosuslugi.NO] == "90 95"


def test_regions_that_moved_in_september_2026_say_since_when() -> None:
    moved = [region for region in russian() if region.since == "2026-09-01"]
    assert codes(moved) == BY_PLATFORM["my_school"]
    left = {region.code: region.before[0].until for region in moved if region.before}
    assert set(left.values()) == {"2026-09-01"}
    assert set(BY_PLATFORM["my_school"].split()) - set(left) == {"93", "94"}


@pytest.mark.parametrize(
    "code, platform, host, until",
    [
        ("02", "elschool", "elschool.ru", "2026-12-31"),
        ("21", "netschool", "net-school.cap.ru", "2026-09-01"),
        ("50", "dnevnik_ru", "school.mosreg.ru", "2023-09-01"),
        ("66", "ecp", "dnevnik.egov66.ru", "2026-09-01"),
        ("16", None, "edu.tatar.ru", None),
    ],
)
def test_former_platforms_are_recorded_with_their_hosts(
    code: str, platform: str | None, host: str, until: str | None
) -> None:
    former = load_directory().get(code).before[0]
    assert (former.platform, former.hosts[0].netloc, former.until) == (platform, host, until)


def test_every_record_says_when_it_was_checked() -> None:
    assert {region.as_of for region in load_directory()} == {"2026-09"}
