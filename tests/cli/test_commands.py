"""The `diary` command as a new user meets it."""

from datetime import date
from pathlib import Path

import pytest

from gateway.cli.exit_codes import ExitCode
from gateway.core.errors import ERRORS
from gateway.sandbox.server import Sandbox
from tests.cli.conftest import Diary

PARENT = {"DIARY_LOGIN": "demo.parent-one", "DIARY_PASSWORD": "demo-parent-one-1"}


@pytest.fixture
def signed_in(diary: Diary, origin: str) -> Diary:
    done = diary(
        "login", "dnevnik_ru", "--method", "password", "--base-url", origin, "--json", **PARENT
    )
    assert done.code == ExitCode.OK, done.err
    assert done.json["accounts"][0]["provider"] == "dnevnik_ru"
    return diary


def test_a_stored_session_reads_the_week(signed_in: Diary) -> None:
    done = signed_in("week", "--date", "2026-11-16", "--json")
    assert done.code == ExitCode.OK
    assert done.json["schema"] == "diary-gateway/1"
    assert done.json["covered"] == ["2026-11-16", "2026-11-22"]
    assert done.json["value"]["days"][0]["lessons"]


@pytest.mark.parametrize(
    "command",
    [
        ("timetable", "--from", "2026-11-16", "--to", "2026-11-20"),
        ("marks", "--from", "2026-11-01", "--to", "2026-11-20"),
        ("homework", "--from", "2026-11-16", "--to", "2026-11-20"),
        ("attendance", "--from", "2026-09-01", "--to", "2026-11-20"),
        ("grades",),
        ("averages",),
        ("announcements",),
    ],
    ids=lambda words: words[0],
)
def test_every_part_of_the_diary_is_shown_and_is_json(
    signed_in: Diary, command: tuple[str, ...]
) -> None:
    table = signed_in(*command)
    assert table.code == ExitCode.OK, table.err
    assert table.out.strip()
    document = signed_in(*command, "--json")
    assert isinstance(document.json["value"], list)


def test_a_table_is_not_coloured_when_piped(signed_in: Diary) -> None:
    assert "\x1b[" not in signed_in("week", "--date", "2026-11-16").out


def test_russian_is_spoken_by_locale(signed_in: Diary) -> None:
    done = signed_in("students", DIARY_LANGUAGE="ru")
    assert "Ученик" in done.out


def test_what_the_diary_lacks_is_told_with_its_reason(signed_in: Diary) -> None:
    done = signed_in("messages", "--json")
    assert done.code == ExitCode.PROVIDER
    assert done.json["error"]["code"] == "capability.unsupported"
    assert done.err.strip()


def test_the_doctor_finds_nothing_wrong_with_a_good_account(signed_in: Diary) -> None:
    done = signed_in("doctor", "--json")
    assert done.code == ExitCode.OK
    assert all(item["good"] for item in done.json["findings"])


def test_logging_out_erases_the_account(signed_in: Diary, tmp_path: Path) -> None:
    key = signed_in("accounts", "--json").json["accounts"][0]["key"]
    assert signed_in("logout", key).code == ExitCode.OK
    assert signed_in("accounts", "--json").json["accounts"] == []
    assert list((tmp_path / "data").rglob("sessions/*.rec")) == []


def test_a_sandbox_that_needs_an_application_key_is_read_after_its_login_too(diary: Diary) -> None:
    with Sandbox(today=date(2026, 11, 20)).serving({"eljur": 0}) as (served,):
        where = ("--instance", "cloud.sch1", "--base-url", served.origin)
        person = {"DIARY_LOGIN": "demo.student", "DIARY_PASSWORD": "demo-student-1"}
        assert diary("login", "eljur", "--method", "password", *where, **person).code == 0
        done = diary("week", "--date", "2026-11-16", "--json")
    assert done.code == 0, done.err
    assert done.json["provider"] == "eljur"
    assert any(day["lessons"] for day in done.json["value"]["days"])


def test_a_wrong_password_is_the_persons_to_mend(diary: Diary, origin: str) -> None:
    words = ("login", "dnevnik_ru", "--base-url", origin)
    done = diary(*words, DIARY_LOGIN="demo.parent-one", DIARY_PASSWORD="wrong")
    assert done.code == ExitCode.PERSON
    assert ERRORS["auth.wrong_credentials"].text.en.split(".")[0] in done.err.replace("\n", " ")
    assert "wrong-password" not in done.out + done.err


def test_secrets_never_come_from_the_command_line(diary: Diary, origin: str) -> None:
    done = diary("login", "dnevnik_ru", "--base-url", origin, "--password", "secret")
    assert done.code == ExitCode.USAGE


def test_nobody_signed_in_is_said(diary: Diary) -> None:
    done = diary("week", "--json")
    assert done.code == ExitCode.PERSON
    assert done.json["error"]["code"] == "store.account_not_found"


def test_a_region_without_a_plugin_names_its_system(diary: Diary) -> None:
    done = diary("login", "--region", "31", "--method", "password")
    assert done.code == ExitCode.OPERATOR
    assert "Virtual School" in done.err


def test_an_unknown_region_is_the_persons_to_mend(diary: Diary) -> None:
    assert diary("login", "--region", "98").code == ExitCode.PERSON


def test_providers_capabilities_and_regions_are_json(diary: Diary) -> None:
    assert "dnevnik_ru" in {p["name"] for p in diary("providers", "--json").json["providers"]}
    support = diary("capabilities", "--json").json["capabilities"]["dnevnik_ru"]
    assert support["marks"]["support"] == "native"
    assert all(
        item["reason"] for item in support.values() if item["support"] in {"unknown", "unsupported"}
    )
    regions = diary("regions", "--json").json["regions"]
    assert len([item for item in regions if item["code"].isdecimal()]) == 89


def test_the_sandboxes_accounts_are_printed_without_starting_anything(diary: Diary) -> None:
    accounts = diary("sandbox", "accounts", "--json", "--today", "2026-11-20").json["accounts"]
    keys = {"provider", "label", "state", "roles", "login", "password", "code", "token"}
    keys |= {"region", "school", "config", "students"}
    assert all(keys <= set(account) for account in accounts)
    assert {"ok", "locked", "temporary_password"} <= {account["state"] for account in accounts}
    parent = next(item for item in accounts if item["login"] == "demo.parent-one")
    assert parent["students"][0]["gateway_id"].startswith(parent["provider"] + ":student:")


def test_a_fault_that_does_not_exist_is_named(diary: Diary) -> None:
    done = diary("sandbox", "--provider", "dnevnik_ru", "--fault", "gremlins")
    assert done.code == ExitCode.PERSON
    assert "gremlins" in done.err


def test_the_normalizer_reads_what_the_diary_printed_raw(diary: Diary, tmp_path: Path) -> None:
    operations = diary("normalize", "dnevnik_ru", "--list").json["operations"]
    assert {"list_marks", "get_week", "list_final_grades"} <= set(operations)
    broken = tmp_path / "broken.json"
    broken.write_text("{", encoding="utf-8")
    done = diary("normalize", "dnevnik_ru", "--operation", "list_marks", str(broken))
    assert done.code != ExitCode.OK
    missing = diary("normalize", "dnevnik_ru", "--operation", "list_marks", "nothing.json")
    assert missing.code == ExitCode.PERSON


def test_how_sure_the_facts_are_is_shown(diary: Diary) -> None:
    fields = diary("evidence", "dnevnik_ru", "--all", "--json").json["fields"]
    assert {"seen", "documented", "assumed"} == {item["evidence"] for item in fields}
    least_sure = diary("evidence", "dnevnik_ru", "--json").json["fields"]
    assert 0 < len(least_sure) < len(fields)
    assert all(item["detail"] for item in least_sure if item["evidence"] == "assumed")
